<?cs set:Title = "Tags" ?><?cs set:Style = "catalog" ?><?cs include!"_head.cs" ?><?cs include!"_catalog.cs" ?><?cs

def:tag_table(list, kind, label, param) ?>
<div class="table-place" role="region" aria-label="<?cs var:label ?>" tabindex="0">
<table class="table cards">
<caption class="visually-hidden"><?cs var:label ?></caption>
<thead><tr><th scope="col">Name</th><th scope="col" class="count">Contacts</th><?cs if:CanEdit ?><th scope="col"><span class="visually-hidden">Change</span></th><?cs /if ?></tr></thead>
<tbody><?cs each:t = list ?>
<tr>
<th scope="row" data-label="Name"><bdi><?cs var:t.Name ?></bdi></th>
<td data-label="Contacts" class="count"><?cs if:t.Some ?><a href="/contacts?<?cs var:param ?>=<?cs var:t.Query ?>" aria-label="<?cs var:t.Contacts ?>, show the contacts with <?cs var:t.Name ?>"><?cs var:t.Contacts ?></a><?cs else ?>0<?cs /if ?></td><?cs if:CanEdit ?>
<td class="row-actions"><a href="/tags?kind=<?cs var:kind ?>&amp;rename=<?cs var:t.Query ?>" aria-label="Rename <?cs var:t.Name ?>">Rename</a> <a href="/tags?kind=<?cs var:kind ?>&amp;merge=<?cs var:t.Query ?>" aria-label="Merge <?cs var:t.Name ?>">Merge</a> <a href="/tags?kind=<?cs var:kind ?>&amp;delete=<?cs var:t.Query ?>" aria-label="Delete <?cs var:t.Name ?>">Delete</a></td><?cs /if ?>
</tr><?cs /each ?>
</tbody>
</table>
</div><?cs /def ?>
<div class="catalog">
<?cs call:page_title(Title, Total) ?>
<p class="intro">Tags mark contacts, by hand or from a file. AiSensy files can only give tags that stand here.</p>
<?cs call:error_summary() ?><?cs if:Change.Action ?>
<form class="narrow" method="post" action="/tags"><?cs call:csrf() ?>
<input type="hidden" name="action" value="<?cs var:Change.Action ?>"><input type="hidden" name="kind" value="<?cs var:Change.Kind ?>"><input type="hidden" name="which" value="<?cs var:Change.Name ?>">
<fieldset class="panel"><?cs if:Change.Action == "rename" ?>
<legend>Rename <bdi><?cs var:Change.Name ?></bdi></legend><?cs
call:text_field("new_name", "New name", "text", Form.new_name, "off", "The contacts keep it, under the new name.") ?>
<button class="btn btn-primary" type="submit">Rename</button>
<a class="btn btn-outline-secondary" href="/tags">Cancel</a><?cs elif:Change.Action == "merge" ?>
<legend>Merge <bdi><?cs var:Change.Name ?></bdi> into another <?cs var:Change.What ?></legend>
<p><?cs if:Change.Some ?>Its <?cs call:contacts_of(Change) ?> get the other one instead, and<?cs else ?>No contact has it;<?cs /if ?> <bdi><?cs var:Change.Name ?></bdi> goes. This cannot be undone.</p><?cs if:subcount(Change.Others) ?><?cs
call:select_field("into", "Merge it into", Change.Others, Form.into, "") ?><?cs else ?><?cs
call:text_field("into", "Merge it into", "text", Form.into, "off", "The name of the other one.") ?><?cs /if ?>
<button class="btn btn-danger" type="submit">Merge</button>
<a class="btn btn-outline-secondary" href="/tags">Keep both</a><?cs else ?>
<legend>Delete <bdi><?cs var:Change.Name ?></bdi>?</legend>
<p><?cs if:Change.Some ?>It is taken from <?cs call:contacts_of(Change) ?>. The contacts themselves stay.<?cs else ?>No contact has it.<?cs /if ?><?cs if:Change.Kind == "message" ?> Rules that give it go as well.<?cs /if ?></p>
<button class="btn btn-danger" type="submit">Delete the <?cs var:Change.What ?></button>
<a class="btn btn-outline-secondary" href="/tags">Keep it</a><?cs /if ?>
</fieldset>
</form><?cs /if ?><?cs if:CanEdit || Search ?>
<div class="list-tools"><?cs if:CanEdit ?><?cs call:add_line("/tags", "tag", "name", "New tag", Form.name, "Add") ?><?cs /if ?><?cs call:search_line("/tags", "Search in the names") ?></div><?cs /if ?><?cs if:subcount(Tags) ?><?cs
call:tag_table(Tags, "tag", "Tags", "tag") ?><?cs call:pager(First, "", Next) ?><?cs elif:string.length(Q) || First ?><?cs
call:empty_state("No tag has this in its name.") ?><p><a class="btn btn-outline-secondary" href="/tags">Show all tags</a></p><?cs call:empty_state_end() ?><?cs else ?><?cs
call:empty_state("There are no tags yet.") ?><?cs call:empty_state_end() ?><?cs /if ?>
<h2>First messages</h2>
<p class="intro">What contacts wrote when they first came. A contact has at most one. <a href="/first-messages">Rules for first messages</a></p><?cs if:CanEdit ?>
<div class="list-tools"><?cs call:add_line("/tags", "message", "message", "New first message", Form.message, "Add") ?></div><?cs /if ?><?cs if:subcount(Messages) ?><?cs
call:tag_table(Messages, "message", "First messages", "first_message") ?><?cs if:MoreMessages ?>
<p class="hint">These are the first 500 by name; there are more.</p><?cs /if ?><?cs else ?><?cs
call:empty_state("There are no first messages yet.") ?><?cs call:empty_state_end() ?><?cs /if ?>
</div>
<?cs include!"_foot.cs" ?>
