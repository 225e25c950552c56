<?cs # _catalog.cs: pieces of the pages of tags, attributes and segments (SPDX-License-Identifier: MIT)

Included after _head.cs by those pages.

  call:add_line(action, kind, name, label, value, button)
      The form that adds one by its name, in a line.
  call:search_line(action, label)
      A search in the names, when there is something to search in.
  call:contacts_of(row)
      "no contacts", "1 contact", "4,182 contacts".
?><?cs

def:add_line(action, kind, name, label, value, button) ?>
<form class="add-line" method="post" action="<?cs var:url_validate(action) ?>"><?cs call:csrf() ?>
<input type="hidden" name="action" value="add"><input type="hidden" name="kind" value="<?cs var:kind ?>">
<div class="field">
<label class="form-label" for="<?cs var:name ?>"><?cs var:label ?></label>
<div class="joined"><input class="form-control" id="<?cs var:name ?>" name="<?cs var:name ?>" dir="auto" autocomplete="off" value="<?cs var:value ?>"<?cs if:Error[name] ?> aria-describedby="<?cs var:name ?>-error" aria-invalid="true"<?cs /if ?>>
<button class="btn btn-primary" type="submit"><?cs var:button ?></button></div><?cs call:field_error(name) ?>
</div>
</form><?cs /def ?><?cs

def:search_line(action, label) ?><?cs if:Search ?>
<form method="get" action="<?cs var:url_validate(action) ?>" role="search">
<label class="form-label" for="q"><?cs var:label ?></label>
<div class="joined"><input class="form-control" id="q" name="q" type="search" dir="auto" autocomplete="off" value="<?cs var:Q ?>">
<button class="btn btn-outline-secondary" type="submit">Search</button></div>
</form><?cs /if ?><?cs /def ?><?cs

def:contacts_of(row) ?><?cs if:row.One ?>1 contact<?cs elif:row.Some ?><?cs var:row.Contacts ?> contacts<?cs else ?>no contacts<?cs /if ?><?cs /def ?>
