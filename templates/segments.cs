<?cs set:Title = "Segments" ?><?cs set:Style = "catalog" ?><?cs include!"_head.cs" ?><?cs include!"_catalog.cs" ?>
<div class="catalog">
<?cs call:page_title(Title, Total) ?>
<p class="intro">A segment is a list of contacts. A static one has those that an import or a selection put into it; a dynamic one has all that match its filter at the time: filter the contacts, then save the filter as a segment.</p>
<?cs call:error_summary() ?><?cs if:Change.Action ?>
<form class="narrow" method="post" action="/segments"><?cs call:csrf() ?>
<input type="hidden" name="action" value="<?cs var:Change.Action ?>"><input type="hidden" name="which" value="<?cs var:Change.Name ?>">
<fieldset class="panel"><?cs if:Change.Action == "rename" ?>
<legend>Rename <bdi><?cs var:Change.Name ?></bdi></legend><?cs
call:text_field("new_name", "New name", "text", Form.new_name, "off", "The contacts stay in it.") ?>
<button class="btn btn-primary" type="submit">Rename</button>
<a class="btn btn-outline-secondary" href="/segments">Cancel</a><?cs else ?>
<legend>Delete <bdi><?cs var:Change.Name ?></bdi>?</legend>
<?cs if:subcount(Change.Users) ?>
<p>These segments use it: <?cs each:user = Change.Users ?><bdi><?cs var:user.Name ?></bdi>. <?cs /each ?>Change their filters first.</p><?cs elif:Change.Dynamic ?>
<p>Only its filter goes; the contacts that match it stay in the book.</p><?cs else ?>
<p><?cs if:Change.Some ?><?cs call:contacts_of(Change) ?> <?cs if:Change.One ?>is<?cs else ?>are<?cs /if ?> in it. The contacts stay in the book; only the list of them goes.<?cs else ?>No contact is in it.<?cs /if ?></p><?cs /if ?><?cs if:!subcount(Change.Users) ?>
<button class="btn btn-danger" type="submit">Delete the segment</button><?cs /if ?>
<a class="btn btn-outline-secondary" href="/segments">Keep it</a><?cs /if ?>
</fieldset>
</form><?cs /if ?><?cs if:IsSaving ?>
<form class="narrow" method="post" action="/segments"><?cs call:csrf() ?>
<input type="hidden" name="action" value="save"><input type="hidden" name="filter" value="<?cs var:Saving ?>">
<fieldset class="panel"><legend>Save the filter as a segment</legend><?cs
call:text_field("name", "Name of the segment", "text", Form.name, "off", "") ?>
<button class="btn btn-primary" type="submit">Save</button>
<a class="btn btn-outline-secondary" href="/contacts?<?cs var:Saving ?>">Back to the contacts</a>
</fieldset>
</form><?cs elif:CanEdit || Search ?>
<div class="list-tools"><?cs if:CanEdit ?><?cs call:add_line("/segments", "segment", "name", "New segment", Form.name, "Add") ?><?cs /if ?><?cs call:search_line("/segments", "Search in the names") ?></div><?cs /if ?><?cs if:subcount(Segments) ?>
<div class="table-place" role="region" aria-label="Segments" tabindex="0">
<table class="table cards">
<caption class="visually-hidden">Segments</caption>
<thead><tr><th scope="col">Name</th><th scope="col">Kind</th><th scope="col" class="count">Contacts</th><?cs if:CanEdit ?><th scope="col"><span class="visually-hidden">Change</span></th><?cs /if ?></tr></thead>
<tbody><?cs each:s = Segments ?>
<tr>
<th scope="row" data-label="Name"><bdi><?cs var:s.Name ?></bdi></th>
<td data-label="Kind"><?cs if:s.Dynamic ?>Dynamic<?cs else ?>Static<?cs /if ?></td>
<td data-label="Contacts" class="count"><?cs if:s.Broken ?>Its filter does not work any more<?cs elif:s.Unknown ?><a href="<?cs var:url_validate(s.CountPath) ?>" aria-label="Count the contacts in <?cs var:s.Name ?>">Count</a> <a href="/contacts?segment=<?cs var:s.Query ?>" aria-label="Show the contacts in <?cs var:s.Name ?>">Show</a><?cs elif:s.Some ?><a href="/contacts?segment=<?cs var:s.Query ?>" aria-label="<?cs if:s.More ?>more than <?cs /if ?><?cs var:s.Contacts ?>, show the contacts in <?cs var:s.Name ?>"><?cs if:s.More ?>more than <?cs /if ?><?cs var:s.Contacts ?></a><?cs else ?>0<?cs /if ?></td><?cs if:CanEdit ?>
<td class="row-actions"><?cs if:s.Dynamic ?><a href="<?cs var:url_validate(s.EditPath) ?>" aria-label="Change the filter of <?cs var:s.Name ?>">Filter</a> <?cs /if ?><a href="/segments?rename=<?cs var:s.Query ?>" aria-label="Rename <?cs var:s.Name ?>">Rename</a> <a href="/segments?delete=<?cs var:s.Query ?>" aria-label="Delete <?cs var:s.Name ?>">Delete</a></td><?cs /if ?>
</tr><?cs /each ?>
</tbody>
</table>
</div><?cs call:pager(First, "", Next) ?><?cs elif:string.length(Q) || First ?><?cs
call:empty_state("No segment has this in its name.") ?><p><a class="btn btn-outline-secondary" href="/segments">Show all segments</a></p><?cs call:empty_state_end() ?><?cs else ?><?cs
call:empty_state("There are no segments yet. Add one, name one when you import a file, or save a filter of the contacts as one.") ?><?cs call:empty_state_end() ?><?cs /if ?>
</div>
<?cs include!"_foot.cs" ?>
