<?cs set:Title = "Trash" ?><?cs set:Wide = "1" ?><?cs set:Style = "contacts" ?><?cs include!"_head.cs" ?><?cs

def:trashed_by(row) ?><?cs if:row.Merged ?>merged<?cs if:row.Who ?> by <bdi><?cs var:row.Who ?></bdi><?cs /if ?><?cs elif:row.Job ?><a href="/jobs/<?cs var:row.Job ?>"><?cs var:row.JobTitle ?> <?cs var:row.Job ?></a><?cs if:row.Who ?>, <bdi><?cs var:row.Who ?></bdi><?cs /if ?><?cs elif:row.Api ?>API token <bdi><?cs var:row.Token ?></bdi><?cs elif:row.Who ?><bdi><?cs var:row.Who ?></bdi><?cs else ?><span class="soft">not known</span><?cs /if ?><?cs /def ?>
<?cs call:crumb("/contacts", "Contacts") ?>
<div class="title-row">
<h1>Trash<?cs if:Some ?> <span class="title-count"><?cs var:Total ?></span><?cs /if ?></h1>
<div class="actions"><?cs if:CanPurge && Some ?>
<a class="btn btn-outline-danger" href="/trash?ask=empty">Empty the trash</a><?cs /if ?></div>
</div>
<p class="intro">Deleted contacts wait here<?cs if:Days ?> for <?cs if:Days == #1 ?>one day<?cs else ?><?cs var:Days ?> days<?cs /if ?> and then go for good<?cs /if ?>. Restored ones get their tags and segments back. An import that meets one of them says so.</p>
<?cs call:error_summary() ?><?cs if:Question.Action ?>
<form class="narrow" method="post" action="/trash"><?cs call:csrf() ?>
<fieldset class="panel">
<legend>Delete <?cs if:Question.One ?>one contact<?cs else ?><?cs var:Question.Count ?> contacts<?cs /if ?> for good?</legend>
<p><?cs if:Question.Action == "empty" ?>This is everything that is in the trash now. <?cs /if ?>Their fields, attributes and whole timelines are deleted. Nobody can bring them back.</p>
<input type="hidden" name="action" value="<?cs var:Question.Action ?>"><input type="hidden" name="upto" value="<?cs var:Question.Upto ?>"><?cs each:one = Question.Ids ?><input type="hidden" name="id" value="<?cs var:one.Id ?>"><?cs /each ?>
<button class="btn btn-danger" type="submit">Delete <?cs if:Question.One ?>it<?cs else ?><?cs var:Question.Count ?> contacts<?cs /if ?> for good</button>
<a class="btn btn-outline-secondary" href="/trash">Keep <?cs if:Question.One ?>it<?cs else ?>them<?cs /if ?></a>
</fieldset>
</form><?cs /if ?><?cs if:Some ?>
<div class="list-tools">
<form class="search" method="get" action="/trash" role="search">
<label class="visually-hidden" for="q">Search in the trash by name, number or e-mail</label>
<input class="form-control" id="q" name="q" type="search" dir="auto" value="<?cs var:Q ?>" placeholder="Name, number or e-mail" autocomplete="off">
<button class="btn btn-outline-secondary" type="submit">Search</button>
</form>
</div><?cs /if ?><?cs if:subcount(Contacts) ?>
<form method="post" action="/trash"><?cs call:csrf() ?>
<div class="table-place" role="region" aria-label="Contacts in the trash" tabindex="0">
<table class="table cards trash">
<caption class="visually-hidden">Contacts in the trash, the last ones first</caption>
<thead><tr><th scope="col"><span class="visually-hidden">Choose</span><input class="form-check-input" type="checkbox" data-select-all="id" aria-label="Choose all on this page"></th><th scope="col">Name</th><th scope="col">Number or e-mail</th><th scope="col">Deleted</th><th scope="col">By</th><th scope="col"><span class="visually-hidden">Actions</span></th></tr></thead>
<tbody><?cs each:c = Contacts ?>
<tr>
<td class="choose"><input class="form-check-input" type="checkbox" name="id" value="<?cs var:c.Id ?>" aria-label="Choose <?cs var:c.Title ?>"></td>
<th scope="row" data-label="Name"><a href="/contacts/<?cs var:c.Id ?>"><bdi><?cs var:c.Title ?></bdi></a></th>
<td data-label="Number or e-mail" class="reach"><?cs if:c.Phone ?><bdi><?cs var:c.Phone ?></bdi><?cs else ?><bdi class="mail"><?cs var:c.Email ?></bdi><?cs /if ?></td>
<td data-label="Deleted" class="nowrap"><?cs call:time(c.TrashedAt) ?></td>
<td data-label="By"><?cs call:trashed_by(c) ?></td>
<td class="row-actions"><button class="btn btn-sm btn-outline-secondary" type="submit" name="one" value="<?cs var:c.Id ?>" aria-label="Restore <?cs var:c.Title ?>">Restore</button><?cs if:CanPurge ?> <a class="btn btn-sm btn-outline-secondary" href="/trash?ask=purge&amp;id=<?cs var:c.Id ?>" aria-label="Delete <?cs var:c.Title ?> for good">Delete for good</a><?cs /if ?></td>
</tr><?cs /each ?>
</tbody>
</table>
</div>
<div class="actions chosen-actions"><span class="soft">With those that are ticked:</span>
<button class="btn btn-outline-secondary" type="submit" name="action" value="restore">Restore</button><?cs if:CanPurge ?>
<button class="btn btn-outline-secondary" type="submit" name="action" value="ask">Delete for good</button><?cs /if ?></div>
</form><?cs call:pager(First, "", Next) ?><?cs elif:string.length(Q) || First ?>
<?cs call:empty_state("Nothing in the trash has this in its name, number or e-mail.") ?>
<a class="btn btn-primary" href="/trash">Show the whole trash</a><?cs call:empty_state_end() ?><?cs else ?>
<?cs call:empty_state("The trash is empty.") ?>
<a class="btn btn-primary" href="/contacts">Go to the contacts</a><?cs call:empty_state_end() ?><?cs /if ?>
<?cs include!"_foot.cs" ?>
