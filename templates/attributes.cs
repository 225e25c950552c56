<?cs set:Title = "Attributes" ?><?cs set:Style = "catalog" ?><?cs include!"_head.cs" ?><?cs include!"_catalog.cs" ?>
<div class="catalog">
<div class="title-row"><?cs call:page_title(Title, Total) ?><?cs if:CanEdit && subcount(Attributes) ?>
<div class="actions"><a class="btn btn-primary" href="#add">Add an attribute</a></div><?cs /if ?>
</div>
<p class="intro">What the book knows of contacts beyond its own fields. Each attribute has a type, which decides what its values can be.</p>
<?cs call:error_summary() ?><?cs if:Change.Action ?>
<form class="narrow" method="post" action="/attributes"><?cs call:csrf() ?>
<input type="hidden" name="action" value="<?cs var:Change.Action ?>"><input type="hidden" name="which" value="<?cs var:Change.Name ?>">
<fieldset class="panel"><?cs if:Change.Action == "change" ?>
<legend>Change <bdi><?cs var:Change.Name ?></bdi></legend><?cs
call:text_field("new_name", "Name", "text", Form.new_name, "off", "As in the header of a file. Values that contacts have move with it.") ?><?cs
call:text_field("new_label", "Label", "text", Form.new_label, "off", "What people read; empty for the name.") ?><?cs if:Change.Some ?>
<div class="field"><span class="form-label">Type</span>
<p><?cs var:Change.TypeLabel ?>. It stays, as <?cs call:contacts_of(Change) ?> <?cs if:Change.One ?>has<?cs else ?>have<?cs /if ?> a value.</p><?cs call:field_error("new_type") ?>
<input type="hidden" name="new_type" value="<?cs var:Change.TypeKey ?>"></div><?cs else ?><?cs
call:select_field("new_type", "Type", Types, Form.new_type, "It can change as long as no contact has a value.") ?><?cs /if ?>
<button class="btn btn-primary" type="submit">Save</button>
<a class="btn btn-outline-secondary" href="/attributes">Cancel</a><?cs else ?>
<legend>Delete <bdi><?cs var:Change.Name ?></bdi>?</legend>
<p><?cs if:Change.Some ?><?cs call:contacts_of(Change) ?> <?cs if:Change.One ?>has<?cs else ?>have<?cs /if ?> a value of it, which goes too. The contacts themselves stay.<?cs else ?>No contact has a value of it.<?cs /if ?></p>
<button class="btn btn-danger" type="submit">Delete the attribute<?cs if:Change.Some ?> and its values<?cs /if ?></button>
<a class="btn btn-outline-secondary" href="/attributes">Keep it</a><?cs /if ?>
</fieldset>
</form><?cs /if ?><?cs if:subcount(Attributes) ?>
<div class="table-place" role="region" aria-label="Attributes" tabindex="0">
<table class="table cards">
<caption class="visually-hidden">Attributes</caption>
<thead><tr><th scope="col">Name</th><th scope="col">Label</th><th scope="col">Type</th><th scope="col">Contacts</th><?cs if:CanEdit ?><th scope="col"><span class="visually-hidden">Change</span></th><?cs /if ?></tr></thead>
<tbody><?cs each:t = Attributes ?>
<tr>
<th scope="row" data-label="Name"><bdi><?cs var:t.Name ?></bdi></th>
<td data-label="Label"><?cs if:t.Label ?><bdi><?cs var:t.Label ?></bdi><?cs /if ?></td>
<td data-label="Type" class="nowrap"><?cs var:t.Type ?></td>
<td data-label="Contacts"><a href="<?cs var:url_validate(t.Path) ?>" aria-label="Show the contacts that have <?cs var:t.Name ?>">Show</a></td><?cs if:CanEdit ?>
<td class="row-actions"><a href="/attributes?change=<?cs var:t.Query ?>" aria-label="Change <?cs var:t.Name ?>">Change</a> <a href="/attributes?delete=<?cs var:t.Query ?>" aria-label="Delete <?cs var:t.Name ?>">Delete</a></td><?cs /if ?>
</tr><?cs /each ?>
</tbody>
</table>
</div><?cs else ?><?cs
call:empty_state("There are no attributes yet. Add one, or let an import make them from its columns.") ?><?cs call:empty_state_end() ?><?cs /if ?><?cs if:CanEdit ?>
<form class="narrow" id="add" method="post" action="/attributes"><?cs call:csrf() ?>
<input type="hidden" name="action" value="add">
<fieldset class="panel">
<legend>Add an attribute</legend><?cs
call:text_field("name", "Name", "text", Form.name, "off", "As in the header of a file.") ?><?cs
call:text_field("label", "Label", "text", Form.label, "off", "What people read; empty for the name.") ?><?cs
call:select_field("type", "Type", Types, Form.type, "") ?>
<button class="btn btn-primary" type="submit">Add the attribute</button>
</fieldset>
</form><?cs /if ?>
<details class="panel narrow">
<summary>What each type takes</summary>
<dl class="type-list"><?cs each:t = Types ?>
<dt><?cs var:t.Label ?></dt><dd><?cs var:t.Hint ?></dd><?cs /each ?>
</dl>
</details>
</div>
<?cs include!"_foot.cs" ?>
