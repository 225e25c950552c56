<?cs set:Style = "contacts" ?><?cs include!"_head.cs" ?>
<?cs call:crumb("/contacts/" + Id, Name) ?>
<?cs call:page_title(Title, "") ?><?cs if:!Version ?>
<p>Take <strong><bdi><?cs var:Name ?></bdi></strong> out of the trash?</p>
<p class="hint">The contact comes back into the lists, with the tags and segments that it had, as far as the book still has them.</p>
<form method="post" action="/contacts/<?cs var:Id ?>/restore"><?cs call:csrf() ?>
<div class="actions"><button class="btn btn-primary" type="submit">Restore <bdi><?cs var:Name ?></bdi></button>
<a class="btn btn-outline-secondary" href="/contacts/<?cs var:Id ?>">Leave it there</a></div>
</form><?cs else ?>
<?cs call:error_summary() ?><?cs if:MovedOn ?>
<div class="notice notice-warn" role="alert">
<p class="notice-title">The contact was changed meanwhile, so nothing was done yet.</p>
<p>This is what would change now. Look again before you restore.</p>
</div><?cs elif:Problem ?>
<div class="notice notice-bad" role="alert">
<p class="notice-title"><?cs var:Problem ?></p>
<p>So this version cannot be restored as it is.<?cs if:Other ?> <a href="/contacts/<?cs var:Other ?>">Open the contact that has it<?cs if:OtherInTrash ?> in the trash<?cs /if ?></a><?cs /if ?></p>
</div><?cs /if ?><?cs if:subcount(LeftOut) ?>
<div class="notice notice-warn">
<p>The book no longer has these tags, segments or attributes, so they are left as they are: <?cs each:one = LeftOut ?><span class="label"><bdi><?cs var:one.Name ?></bdi></span> <?cs /each ?></p>
</div><?cs /if ?><?cs if:subcount(Lines) ?>
<div class="table-place" role="region" aria-label="What changes" tabindex="0">
<table class="table cards">
<caption class="visually-hidden">What changes</caption>
<thead><tr><th scope="col">Field</th><th scope="col">Now</th><th scope="col">In version <?cs var:Version ?></th></tr></thead>
<tbody><?cs each:line = Lines ?>
<tr><th scope="row" data-label="Field"><bdi><?cs var:line.Label ?></bdi></th><td data-label="Now" class="value"><?cs if:string.length(line.Old) ?><del><bdi><?cs var:line.Old ?></bdi></del><?cs else ?><span class="soft">empty</span><?cs /if ?></td><td data-label="In version <?cs var:Version ?>" class="value"><?cs if:string.length(line.New) ?><ins><bdi><?cs var:line.New ?></bdi></ins><?cs else ?><span class="soft">empty</span><?cs /if ?></td></tr><?cs /each ?>
</tbody>
</table>
</div>
<p class="hint">This becomes a change of its own: the timeline keeps what is there now.</p>
<form method="post" action="/contacts/<?cs var:Id ?>/restore"><?cs call:csrf() ?>
<input type="hidden" name="version" value="<?cs var:Version ?>"><input type="hidden" name="from" value="<?cs var:From ?>"><?cs if:Overturns ?>
<?cs call:checkbox("confirm_optin", "This person opted out of WhatsApp messages since, and has opted in again.", "", "Without that, the contact stays as it is.") ?><?cs /if ?>
<div class="actions"><button class="btn btn-primary" type="submit">Restore version <?cs var:Version ?></button>
<a class="btn btn-outline-secondary" href="/contacts/<?cs var:Id ?>">Cancel</a></div>
</form><?cs else ?>
<?cs call:empty_state("The contact is as it was in this version: there is nothing to change.") ?>
<a class="btn btn-primary" href="/contacts/<?cs var:Id ?>">Back to the contact</a><?cs call:empty_state_end() ?><?cs /if ?><?cs /if ?>
<?cs include!"_foot.cs" ?>
