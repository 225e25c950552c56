<?cs set:Title = "Campaigns" ?><?cs set:Style = "catalog" ?><?cs include!"_head.cs" ?><?cs include!"_catalog.cs" ?>
<div class="catalog">
<?cs call:page_title(Title, Total) ?>
<p class="intro">A campaign holds the contacts that a mailing or an offer is for. Put contacts into it on their pages, many at once from the list of contacts, or through the API.</p>
<?cs call:error_summary() ?><?cs if:Change.Action ?>
<form class="narrow" method="post" action="/campaigns"><?cs call:csrf() ?>
<input type="hidden" name="action" value="<?cs var:Change.Action ?>"><input type="hidden" name="which" value="<?cs var:Change.Name ?>">
<fieldset class="panel"><?cs if:Change.Action == "rename" ?>
<legend>Rename <bdi><?cs var:Change.Name ?></bdi></legend><?cs
call:text_field("new_name", "New name", "text", Form.new_name, "off", "The contacts stay in it.") ?>
<button class="btn btn-primary" type="submit">Rename</button>
<a class="btn btn-outline-secondary" href="/campaigns">Cancel</a><?cs else ?>
<legend>Delete <bdi><?cs var:Change.Name ?></bdi>?</legend>
<p><?cs if:Change.Some ?><?cs call:contacts_of(Change) ?> <?cs if:Change.One ?>is<?cs else ?>are<?cs /if ?> in it. The contacts stay in the book; only the list of them goes.<?cs else ?>No contact is in it.<?cs /if ?></p>
<button class="btn btn-danger" type="submit">Delete the campaign</button>
<a class="btn btn-outline-secondary" href="/campaigns">Keep it</a><?cs /if ?>
</fieldset>
</form><?cs /if ?><?cs if:CanEdit || Search ?>
<div class="list-tools"><?cs if:CanEdit ?><?cs call:add_line("/campaigns", "campaign", "name", "New campaign", Form.name, "Add") ?><?cs /if ?><?cs call:search_line("/campaigns", "Search in the names") ?></div><?cs /if ?><?cs if:subcount(Campaigns) ?>
<div class="table-place" role="region" aria-label="Campaigns" tabindex="0">
<table class="table cards">
<caption class="visually-hidden">Campaigns</caption>
<thead><tr><th scope="col">Name</th><th scope="col" class="count">Contacts</th><?cs if:CanEdit ?><th scope="col"><span class="visually-hidden">Change</span></th><?cs /if ?></tr></thead>
<tbody><?cs each:s = Campaigns ?>
<tr>
<th scope="row" data-label="Name"><bdi><?cs var:s.Name ?></bdi></th>
<td data-label="Contacts" class="count"><?cs if:s.Some ?><a href="/contacts?campaign=<?cs var:s.Query ?>" aria-label="<?cs var:s.Contacts ?>, show the contacts in <?cs var:s.Name ?>"><?cs var:s.Contacts ?></a><?cs else ?>0<?cs /if ?></td><?cs if:CanEdit ?>
<td class="row-actions"><a href="/campaigns?rename=<?cs var:s.Query ?>" aria-label="Rename <?cs var:s.Name ?>">Rename</a> <a href="/campaigns?delete=<?cs var:s.Query ?>" aria-label="Delete <?cs var:s.Name ?>">Delete</a></td><?cs /if ?>
</tr><?cs /each ?>
</tbody>
</table>
</div><?cs call:pager(First, "", Next) ?><?cs elif:string.length(Q) || First ?><?cs
call:empty_state("No campaign has this in its name.") ?><p><a class="btn btn-outline-secondary" href="/campaigns">Show all campaigns</a></p><?cs call:empty_state_end() ?><?cs else ?><?cs
call:empty_state("There are no campaigns yet. Add one, then put contacts into it.") ?><?cs call:empty_state_end() ?><?cs /if ?>
</div>
<?cs include!"_foot.cs" ?>
