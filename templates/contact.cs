<?cs set:Wide = "1" ?><?cs set:Style = "contacts" ?><?cs include!"_head.cs" ?>
<div class="title-row">
<h1><bdi><?cs var:Title ?></bdi></h1>
<div class="actions"><?cs if:CanEdit ?>
<a class="btn btn-primary" href="/contacts/<?cs var:Id ?>/edit">Edit</a>
<a class="btn btn-outline-secondary" href="/contacts/<?cs var:Id ?>/merge">Merge with…</a>
<a class="btn btn-outline-secondary" href="/contacts/<?cs var:Id ?>/delete">Delete</a><?cs /if ?>
</div>
</div>
<p class="contact-line"><?cs if:Active ?><?cs call:badge("good", "Active") ?><?cs else ?><?cs call:badge("plain", "Inactive") ?><?cs /if ?> <span class="soft"><?cs if:LastActive ?>last message <?cs call:time(LastActive) ?><?cs else ?>no message yet<?cs /if ?></span></p>
<div class="contact-columns">
<div><?cs each:group = Groups ?><?cs if:subcount(group.Fields) ?>
<section class="panel">
<h2><?cs var:group.Title ?></h2>
<dl class="facts"><?cs each:field = group.Fields ?>
<div><dt><?cs var:field.Label ?></dt><dd><?cs if:field.Time ?><?cs call:time_exact(field.Time) ?><?cs else ?><bdi><?cs var:field.Value ?></bdi><?cs /if ?></dd></div><?cs /each ?>
</dl>
</section><?cs /if ?><?cs /each ?><?cs if:subcount(Attributes) ?>
<section class="panel">
<h2>Attributes</h2>
<dl class="facts"><?cs each:field = Attributes ?>
<div><dt><bdi><?cs var:field.Label ?></bdi></dt><dd><bdi><?cs var:field.Value ?></bdi></dd></div><?cs /each ?>
</dl>
</section><?cs /if ?>
<section class="panel">
<h2>Tags and segments</h2>
<dl class="facts">
<div><dt>Tags</dt><dd><?cs each:one = Tags ?><a class="label" href="<?cs var:url_validate(one.Path) ?>"><bdi><?cs var:one.Name ?></bdi></a> <?cs /each ?><?cs if:!subcount(Tags) ?><span class="soft">none</span><?cs /if ?></dd></div>
<div><dt>Segments</dt><dd><?cs each:one = Segments ?><a class="label" href="<?cs var:url_validate(one.Path) ?>"><bdi><?cs var:one.Name ?></bdi></a> <?cs /each ?><?cs if:!subcount(Segments) ?><span class="soft">none</span><?cs /if ?></dd></div>
</dl>
</section>
<?cs include!"_message_preview.cs" ?>
</div>
<section class="panel timeline">
<h2>Timeline</h2>
<ol><?cs each:entry = Timeline ?>
<li>
<p><?cs call:time(entry.At) ?> · <?cs if:entry.Import ?><a href="/imports/<?cs var:entry.Import ?>">Import of <bdi><?cs var:entry.File ?></bdi></a><?cs if:entry.Row ?>, row <?cs var:entry.Row ?><?cs /if ?><?cs elif:entry.Who ?><bdi><?cs var:entry.Who ?></bdi><?cs if:entry.Api ?>, through the API<?cs /if ?><?cs else ?>the command line<?cs /if ?></p>
<details<?cs if:subcount(entry.Lines) < #4 ?> open<?cs /if ?>>
<summary><?cs if:subcount(entry.Lines) == #1 ?>One field changed<?cs else ?><?cs var:subcount(entry.Lines) ?> fields changed<?cs /if ?></summary>
<ul class="changes"><?cs each:line = entry.Lines ?>
<li><span class="change-label"><bdi><?cs var:line.Label ?></bdi></span> <?cs if:line.Old ?><del><bdi><?cs var:line.Old ?></bdi></del><?cs else ?><span class="soft">empty</span><?cs /if ?> <span aria-hidden="true">→</span><span class="visually-hidden">became</span> <?cs if:line.New ?><ins><bdi><?cs var:line.New ?></bdi></ins><?cs else ?><span class="soft">empty</span><?cs /if ?></li><?cs /each ?>
</ul>
</details>
</li><?cs /each ?><?cs if:OlderChanges ?>
<li><p class="soft">Older changes are not shown here.</p></li><?cs else ?>
<li><p><?cs call:time(CreatedAt) ?> · <?cs if:CreatedBy ?>Created by <a href="/imports/<?cs var:CreatedBy ?>">import <?cs var:CreatedBy ?></a><?cs else ?>Created<?cs /if ?></p></li><?cs /if ?>
</ol>
</section>
</div>
<?cs include!"_foot.cs" ?>
