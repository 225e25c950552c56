<?cs # _macros.cs: the pieces that pages are made of (SPDX-License-Identifier: MIT)

_head.cs includes this file, so every page has these macros. Strings are escaped
where they are printed; give them as they are. A list is a node whose children
are 0, 1, 2 ... with the members named below.

  call:csrf()
      The hidden field that every form with method="post" needs.
  call:error_summary()
      On top of a form: all messages of view_error(), linked to their fields.
  call:text_field(name, label, type, value, autocomplete, help)
      Label, input, help, and the message at the field. type: "text", "email",
      "password", "number", "search", "tel"; autocomplete and help may be "".
  call:textarea_field(name, label, value, rows, help)
  call:select_field(name, label, options, value, help)
      options: a list with Value and Label, and Group for <optgroup> (the same
      word for neighbours). The one whose Value equals value is selected.
  call:checkbox(name, label, checked, help)
      checked: "1" or "". Its value when ticked is "1".
  call:field_error(name)
      Only the message, with the id "NAME-error", for a control of your own:
      give that control aria-describedby="NAME-error".
  call:page_title(title, count)
      The h1; count is a small number after it, "" for none.
  call:crumb(path, words)
      The way back, over the title of a page that another one leads to.
  call:empty_state(text)
      A sentence in place of a list that has nothing; buttons follow it inside
      call:empty_state_end().
  call:badge(kind, text)
      A state as text with a dot: "good", "bad", "warn", "busy", "plain".
  call:time(node)
      A moment of node_set_time(): "3 hours ago", exact in its title.
  call:time_exact(node)
      The same as "23 Nov 2026, 14:05".
  call:pager(first, previous, next)
      Addresses; "" for one that there is not.
  call:pager_to_end(first, previous, next, last)
      The same with the last page.
  call:number(label, value, href)
      A large number with its label under it, as a link when href is not "".
?><?cs

def:csrf() ?><input type="hidden" name="csrf" value="<?cs var:Csrf ?>"><?cs /def ?><?cs

def:field_error(name) ?><?cs if:Error[name] ?>
<div class="field-error" id="<?cs var:name ?>-error"><?cs var:Error[name] ?></div><?cs /if ?><?cs /def ?><?cs

def:error_summary() ?><?cs if:subcount(Errors) ?>
<div class="notice notice-bad" role="alert" id="error-summary" tabindex="-1">
<p class="notice-title"><?cs if:subcount(Errors) == #1 ?>One thing needs a change:<?cs else ?><?cs var:subcount(Errors) ?> things need a change:<?cs /if ?></p>
<ul><?cs each:row = Errors ?>
<li><?cs if:row.Field ?><a href="#<?cs var:row.Field ?>"><?cs var:row.Text ?></a><?cs else ?><?cs var:row.Text ?><?cs /if ?></li><?cs /each ?>
</ul>
</div><?cs /if ?><?cs /def ?><?cs

def:help_text(name, help) ?><?cs if:help ?>
<div class="form-text" id="<?cs var:name ?>-help"><?cs var:help ?></div><?cs /if ?><?cs /def ?><?cs

def:text_field(name, label, type, value, autocomplete, help) ?>
<div class="field">
<label class="form-label" for="<?cs var:name ?>"><?cs var:label ?></label>
<input class="form-control" id="<?cs var:name ?>" name="<?cs var:name ?>" type="<?cs var:type ?>" value="<?cs var:value ?>"<?cs if:type == "text" || type == "search" ?> dir="auto"<?cs /if ?><?cs if:type == "number" ?> inputmode="numeric"<?cs /if ?><?cs if:autocomplete ?> autocomplete="<?cs var:autocomplete ?>"<?cs /if ?><?cs if:help || Error[name] ?> aria-describedby="<?cs if:help ?><?cs var:name ?>-help<?cs /if ?><?cs if:Error[name] ?> <?cs var:name ?>-error<?cs /if ?>"<?cs /if ?><?cs if:Error[name] ?> aria-invalid="true"<?cs /if ?>><?cs call:help_text(name, help) ?><?cs call:field_error(name) ?>
</div><?cs /def ?><?cs

def:textarea_field(name, label, value, rows, help) ?>
<div class="field">
<label class="form-label" for="<?cs var:name ?>"><?cs var:label ?></label>
<textarea class="form-control" id="<?cs var:name ?>" name="<?cs var:name ?>" rows="<?cs var:rows ?>" dir="auto"<?cs if:help || Error[name] ?> aria-describedby="<?cs if:help ?><?cs var:name ?>-help<?cs /if ?><?cs if:Error[name] ?> <?cs var:name ?>-error<?cs /if ?>"<?cs /if ?><?cs if:Error[name] ?> aria-invalid="true"<?cs /if ?>>
<?cs var:value ?></textarea><?cs call:help_text(name, help) ?><?cs call:field_error(name) ?>
</div><?cs /def ?><?cs

def:options_of(options, value) ?><?cs set:Loop.Group = "" ?><?cs each:option = options ?><?cs
if:option.Group != Loop.Group ?><?cs if:Loop.Group ?></optgroup><?cs /if ?><?cs set:Loop.Group = option.Group ?><?cs if:Loop.Group ?>
<optgroup label="<?cs var:option.Group ?>"><?cs /if ?><?cs /if ?>
<option value="<?cs var:option.Value ?>"<?cs if:option.Value == value ?> selected<?cs /if ?>><?cs var:option.Label ?></option><?cs
/each ?><?cs if:Loop.Group ?></optgroup><?cs /if ?><?cs /def ?><?cs

def:select_field(name, label, options, value, help) ?>
<div class="field">
<label class="form-label" for="<?cs var:name ?>"><?cs var:label ?></label>
<select class="form-select" id="<?cs var:name ?>" name="<?cs var:name ?>"<?cs if:help || Error[name] ?> aria-describedby="<?cs if:help ?><?cs var:name ?>-help<?cs /if ?><?cs if:Error[name] ?> <?cs var:name ?>-error<?cs /if ?>"<?cs /if ?><?cs if:Error[name] ?> aria-invalid="true"<?cs /if ?>><?cs call:options_of(options, value) ?>
</select><?cs call:help_text(name, help) ?><?cs call:field_error(name) ?>
</div><?cs /def ?><?cs

def:checkbox(name, label, checked, help) ?>
<div class="field form-check">
<input class="form-check-input" id="<?cs var:name ?>" name="<?cs var:name ?>" type="checkbox" value="1"<?cs if:checked ?> checked<?cs /if ?><?cs if:help || Error[name] ?> aria-describedby="<?cs if:help ?><?cs var:name ?>-help<?cs /if ?><?cs if:Error[name] ?> <?cs var:name ?>-error<?cs /if ?>"<?cs /if ?><?cs if:Error[name] ?> aria-invalid="true"<?cs /if ?>>
<label class="form-check-label" for="<?cs var:name ?>"><?cs var:label ?></label><?cs call:help_text(name, help) ?><?cs call:field_error(name) ?>
</div><?cs /def ?><?cs

def:page_title(title, count) ?><h1><?cs var:title ?><?cs if:count ?> <span class="title-count"><?cs var:count ?></span><?cs /if ?></h1><?cs /def ?><?cs

def:crumb(path, words) ?><p class="crumb"><a href="<?cs var:url_validate(path) ?>"><bdi><?cs var:words ?></bdi></a></p><?cs /def ?><?cs

def:empty_state(text) ?>
<div class="empty-state"><p><?cs var:text ?></p><?cs /def ?><?cs

def:empty_state_end() ?>
</div><?cs /def ?><?cs

def:badge(kind, text) ?><span class="state state-<?cs var:kind ?>"><?cs var:text ?></span><?cs /def ?><?cs

def:time(node) ?><?cs if:node ?><time datetime="<?cs var:node ?>" title="<?cs var:node.Text ?> UTC"><?cs var:node.Ago ?></time><?cs /if ?><?cs /def ?><?cs

def:time_exact(node) ?><?cs if:node ?><time datetime="<?cs var:node ?>" title="<?cs var:node.Ago ?>"><?cs var:node.Text ?></time><?cs /if ?><?cs /def ?><?cs

def:pager_to_end(first, previous, next, last) ?><?cs if:first || previous || next ?>
<nav class="pager" aria-label="Pages">
<?cs if:first ?><a class="btn btn-outline-secondary" href="<?cs var:url_validate(first) ?>">First</a><?cs /if ?>
<?cs if:previous ?><a class="btn btn-outline-secondary" rel="prev" href="<?cs var:url_validate(previous) ?>">Previous</a><?cs /if ?>
<?cs if:next ?><a class="btn btn-outline-secondary" rel="next" href="<?cs var:url_validate(next) ?>">Next</a><?cs /if ?>
<?cs if:last ?><a class="btn btn-outline-secondary" href="<?cs var:url_validate(last) ?>">Last</a><?cs /if ?>
</nav><?cs /if ?><?cs /def ?><?cs

def:pager(first, previous, next) ?><?cs call:pager_to_end(first, previous, next, "") ?><?cs /def ?><?cs

def:number(label, value, href) ?>
<div class="number"><?cs if:href ?><a href="<?cs var:url_validate(href) ?>"><span class="number-value"><?cs var:value ?></span> <span class="number-label"><?cs var:label ?></span></a><?cs else ?><span class="number-value"><?cs var:value ?></span> <span class="number-label"><?cs var:label ?></span><?cs /if ?></div><?cs /def ?><?cs

def:nav_links() ?>
<ul class="nav-links"><?cs each:entry = Nav ?>
<li><a href="<?cs var:url_validate(entry.Path) ?>"<?cs if:entry.Active ?> class="active" aria-current="<?cs if:entry.Path == Path ?>page<?cs else ?>true<?cs /if ?>"<?cs /if ?>><?cs var:entry.Title ?></a></li><?cs /each ?>
</ul><?cs /def ?><?cs

def:member_box() ?>
<div class="member-box">
<span class="initials" aria-hidden="true"><?cs var:Member.Initials ?></span>
<a class="member-name" href="/account"<?cs if:Path == "/account" ?> aria-current="page"<?cs /if ?>><bdi><?cs var:Member.Name ?></bdi> <small><?cs var:Member.Role ?></small></a>
<form method="post" action="/logout"><?cs call:csrf() ?><button class="btn btn-sm btn-outline-secondary" type="submit">Log out</button></form>
</div><?cs /def ?>
