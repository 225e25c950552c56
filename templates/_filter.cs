<?cs # _filter.cs: the filter of the list of contacts as a form (SPDX-License-Identifier: MIT)

contacts.cs includes it when FilterOpen. FilterGroups has the filter itself,
then its groups, each with Rows; FilterFields what a row can be about. Which of
a row's inputs are seen depends on its operator, by the style sheet.
?><?cs

def:row_input(c, v, kind) ?><input class="form-control" type="<?cs var:kind ?>" id="c<?cs var:c.Nr ?>-v<?cs var:v.Nr ?>" name="c<?cs var:c.Nr ?>.v" value="<?cs var:v.Value ?>" aria-label="Value<?cs if:c.Many ?> <?cs var:v.Nr ?><?cs /if ?>"<?cs if:kind == "text" ?> dir="auto" autocomplete="off"<?cs /if ?><?cs if:kind == "time" ?> step="1"<?cs /if ?><?cs if:c.List ?> list="list-<?cs var:c.List ?>"<?cs /if ?><?cs if:c.Problem ?> aria-invalid="true" aria-describedby="c<?cs var:c.Nr ?>-problem"<?cs /if ?>><?cs /def ?><?cs

def:filter_row(c, at) ?>
<fieldset class="filter-row" id="row-<?cs var:c.Nr ?>"><legend class="visually-hidden">Condition <?cs var:at ?></legend>
<input type="hidden" name="c<?cs var:c.Nr ?>.g" value="<?cs var:c.Group ?>">
<select class="form-select row-field" name="c<?cs var:c.Nr ?>.f" aria-label="Field" data-redraw><?cs call:options_of(FilterFields, c.Field) ?></select>
<select class="form-select row-op" name="c<?cs var:c.Nr ?>.op" aria-label="Comparison"><?cs each:op = c.Ops ?><option value="<?cs var:op.Value ?>"<?cs if:op.Value == c.Op ?> selected<?cs /if ?>><?cs var:op.Label ?></option><?cs /each ?></select><?cs if:c.Widget == "choice" ?>
<span class="row-values"><select class="form-select" id="c<?cs var:c.Nr ?>-v1" name="c<?cs var:c.Nr ?>.v" aria-label="Value"<?cs if:c.Problem ?> aria-invalid="true" aria-describedby="c<?cs var:c.Nr ?>-problem"<?cs /if ?>><?cs call:options_of(c.Choices, c.Values.0.Value) ?></select></span><?cs elif:c.Widget ?>
<span class="row-values<?cs if:c.Many ?> many<?cs /if ?>"><?cs each:v = c.Values ?><?cs call:row_input(c, v, c.Widget) ?><?cs /each ?></span><?cs /if ?><?cs if:c.HasSecond ?>
<span class="row-second"><span class="soft">and</span> <input class="form-control" type="<?cs var:c.Widget ?>" name="c<?cs var:c.Nr ?>.w" value="<?cs var:c.Second ?>" aria-label="Second value"<?cs if:c.Widget == "time" ?> step="1"<?cs /if ?>></span><?cs /if ?><?cs if:c.HasDays ?>
<span class="row-days"><input class="form-control" type="number" min="1" max="36500" name="c<?cs var:c.Nr ?>.n" value="<?cs var:c.Days ?>" aria-label="Number of days"<?cs if:c.Problem ?> aria-invalid="true" aria-describedby="c<?cs var:c.Nr ?>-problem"<?cs /if ?>> <span class="soft">days</span></span><?cs /if ?>
<button class="btn btn-link row-drop" type="submit" name="do" value="drop-<?cs var:c.Nr ?>" aria-label="Remove condition <?cs var:at ?>" data-redraw>×</button><?cs if:c.Problem ?>
<p class="field-error" id="c<?cs var:c.Nr ?>-problem"><?cs var:c.Problem ?></p><?cs /if ?>
</fieldset><?cs /def ?><?cs set:Filter.At = #0 ?>
<form class="panel filter" id="filter" method="get" action="/contacts" aria-label="Filter"><?cs each:one = FilterKeeps ?><input type="hidden" name="<?cs var:one.Name ?>" value="<?cs var:one.Value ?>"><?cs /each ?>
<button class="visually-hidden" type="submit" name="do" value="show" tabindex="-1" aria-hidden="true">Show</button><?cs if:FilterWrong ?>
<div class="notice notice-bad" role="alert" id="error-summary" tabindex="-1"><p class="notice-title">The filter is not complete: correct the conditions that are marked.</p></div><?cs /if ?><?cs each:g = FilterGroups ?>
<div class="filter-group<?cs if:g.Inner ?> inner<?cs /if ?>" role="group" aria-label="<?cs if:g.Inner ?>Group<?cs else ?>Conditions<?cs /if ?>">
<p class="group-head" id="head-<?cs var:g.Nr ?>"><label for="m<?cs var:g.Nr ?>"><?cs if:g.Inner ?><?cs if:FilterGroups.0.Any ?>Or<?cs else ?>And<?cs /if ?><?cs else ?>Contacts that have<?cs /if ?></label> <select class="form-select" id="m<?cs var:g.Nr ?>" name="<?cs if:g.Inner ?>g<?cs var:g.Nr ?>.<?cs /if ?>m"<?cs if:!g.Inner ?> data-redraw<?cs /if ?>><option value="all"<?cs if:!g.Any ?> selected<?cs /if ?>>all</option><option value="any"<?cs if:g.Any ?> selected<?cs /if ?>>any</option></select> <span>of these:</span></p><?cs each:c = g.Rows ?><?cs set:Filter.At = Filter.At + #1 ?><?cs call:filter_row(c, Filter.At) ?><?cs /each ?>
<p class="group-foot"><label class="visually-hidden" for="new<?cs var:g.Nr ?>">Field of a further condition<?cs if:g.Inner ?> of the group<?cs /if ?></label><select class="form-select" id="new<?cs var:g.Nr ?>" name="new<?cs var:g.Nr ?>"><?cs call:options_of(FilterFields, "tag") ?></select>
<button class="btn btn-outline-secondary" type="submit" name="do" value="add-<?cs var:g.Nr ?>" data-redraw>Add condition</button></p>
</div><?cs /each ?>
<div class="actions"><button class="btn btn-primary" type="submit" name="do" value="show">Show</button>
<button class="btn btn-outline-secondary" type="submit" name="do" value="group" data-redraw>Add group</button>
<a class="btn btn-outline-secondary" href="/contacts">Clear all</a></div><?cs each:list = Suggestions ?>
<datalist id="list-<?cs var:list.Id ?>"><?cs each:one = list.Options ?><option value="<?cs var:one.Value ?>"><?cs var:one.Label ?></option><?cs /each ?></datalist><?cs /each ?>
</form>
<script src="/static/filter.js" defer></script>
