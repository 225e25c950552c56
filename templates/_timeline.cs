<?cs # _timeline.cs: the timeline of a contact (SPDX-License-Identifier: MIT)

Entries are of a kind each: "change", "message" and "created". Another kind is
one more piece and one more branch below.
?><?cs

def:who_made(entry) ?><?cs if:entry.Import ?><a href="/imports/<?cs var:entry.Import ?>">import<?cs if:entry.File ?> of <bdi><?cs var:entry.File ?></bdi><?cs else ?> <?cs var:entry.Import ?><?cs /if ?></a><?cs if:entry.Row ?>, <a href="/imports/<?cs var:entry.Import ?>/rows?row=<?cs var:entry.Row ?>">row <?cs var:entry.Row ?></a><?cs /if ?><?cs elif:entry.Job ?><a href="/jobs/<?cs var:entry.Job ?>"><?cs var:entry.JobTitle ?> <?cs var:entry.Job ?></a><?cs if:entry.Who ?> by <bdi><?cs var:entry.Who ?></bdi><?cs /if ?><?cs elif:entry.Api ?>API token <bdi><?cs var:entry.Token ?></bdi><?cs if:entry.Who ?> of <bdi><?cs var:entry.Who ?></bdi><?cs /if ?><?cs elif:entry.Who ?><bdi><?cs var:entry.Who ?></bdi><?cs else ?>WhatsApp<?cs /if ?><?cs /def ?><?cs

def:restore_link(entry) ?><?cs if:CanEdit && entry.Restorable ?> <a class="restore" href="/contacts/<?cs var:Id ?>/restore?version=<?cs var:entry.Version ?>">Restore<span class="visually-hidden"> version <?cs var:entry.Version ?></span></a><?cs /if ?><?cs /def ?><?cs

def:timeline_values(lines) ?>
<ul class="changes"><?cs each:line = lines ?>
<li><span class="change-label"><bdi><?cs var:line.Label ?></bdi></span> <?cs if:string.length(line.Old) ?><del><bdi><?cs var:line.Old ?></bdi></del><?cs else ?><span class="soft">empty</span><?cs /if ?> <span aria-hidden="true">→</span><span class="visually-hidden">became</span> <?cs if:string.length(line.New) ?><ins><bdi><?cs var:line.New ?></bdi></ins><?cs else ?><span class="soft">empty</span><?cs /if ?></li><?cs /each ?>
</ul><?cs /def ?><?cs

def:timeline_change(entry) ?><?cs if:subcount(entry.Lines) ?>
<details>
<summary><span class="what"><bdi><?cs var:entry.What ?></bdi></span></summary><?cs call:timeline_values(entry.Lines) ?>
</details><?cs else ?>
<p class="what"><?cs var:entry.What ?></p><?cs /if ?>
<p class="by"><?cs call:time(entry.At) ?> · <?cs call:who_made(entry) ?> · version <?cs var:entry.Version ?><?cs call:restore_link(entry) ?><?cs if:CanEdit && entry.JobKind == "merge" ?> <a class="restore" href="/contacts/<?cs var:Id ?>/unmerge?job=<?cs var:entry.Job ?>">Unmerge<span class="visually-hidden">, merge <?cs var:entry.Job ?></span></a><?cs /if ?></p><?cs /def ?><?cs

def:timeline_message(entry) ?>
<p class="what"><?cs if:entry.Notice ?>WhatsApp told<?cs else ?><?cs if:entry.Outgoing ?>We wrote<?cs else ?>Wrote<?cs /if ?><?cs if:entry.MessageKind ?> <span class="soft">(<?cs var:entry.MessageKind ?>)</span><?cs /if ?><?cs /if ?><?cs if:string.length(entry.Text) ?>: <span class="message-text"><bdi><?cs var:entry.Text ?></bdi></span><?cs /if ?></p>
<p class="by"><?cs call:time(entry.At) ?> · WhatsApp<?cs if:entry.More ?>, <bdi><?cs var:entry.More ?></bdi><?cs /if ?><?cs if:entry.Outgoing && entry.Status ?> · <?cs var:entry.Status ?><?cs /if ?></p><?cs /def ?><?cs

def:timeline_created(entry) ?>
<p class="what">Created</p>
<p class="by"><?cs call:time(entry.At) ?><?cs if:entry.Import ?> · <a href="/imports/<?cs var:entry.Import ?>">import of <bdi><?cs var:CreatedImport.File ?></bdi></a><?cs /if ?> · version 1<?cs call:restore_link(entry) ?></p><?cs /def ?>
<section class="panel timeline" id="timeline">
<h2>Timeline</h2>
<ol><?cs each:entry = Timeline ?>
<li><?cs if:entry.Kind == "created" ?><?cs call:timeline_created(entry) ?><?cs elif:entry.Kind == "message" ?><?cs call:timeline_message(entry) ?><?cs else ?><?cs call:timeline_change(entry) ?><?cs /if ?></li><?cs /each ?>
</ol><?cs if:Newest || Older ?>
<nav class="pager" aria-label="Timeline"><?cs if:Newest ?>
<a class="btn btn-sm btn-outline-secondary" href="<?cs var:url_validate(Newest) ?>#timeline">Newest</a><?cs /if ?><?cs if:Older ?>
<a class="btn btn-sm btn-outline-secondary" href="<?cs var:url_validate(Older) ?>#timeline">Older</a><?cs /if ?>
</nav><?cs /if ?>
</section>
