<?cs set:Title = "Contacts" ?><?cs set:Wide = "1" ?><?cs set:Style = "contacts" ?><?cs include!"_head.cs" ?><?cs

def:kept(list) ?><?cs each:one = list ?><input type="hidden" name="<?cs var:one.Name ?>" value="<?cs var:one.Value ?>"><?cs /each ?><?cs if:Sort ?><input type="hidden" name="sort" value="<?cs var:Sort ?>"><?cs /if ?><?cs if:Dir ?><input type="hidden" name="dir" value="<?cs var:Dir ?>"><?cs /if ?><?cs if:ColumnsParam ?><input type="hidden" name="columns" value="<?cs var:ColumnsParam ?>"><?cs /if ?><?cs /def ?>
<div class="title-row">
<h1>Contacts<?cs if:subcount(Contacts) ?> <span class="title-count"><?cs if:TotalMore ?>more than <?cs /if ?><?cs var:Total ?></span><?cs /if ?></h1>
<div class="actions"><?cs if:CanEdit ?>
<a class="btn btn-primary" href="/imports/new">Import</a>
<a class="btn btn-outline-secondary" href="/contacts/new">New contact</a><?cs /if ?><?cs if:subcount(Contacts) ?>
<a class="btn btn-outline-secondary" href="<?cs var:url_validate(Export) ?>" download>Export<?cs if:Filtered ?> these<?cs /if ?></a>
<a class="btn btn-outline-secondary" href="<?cs var:url_validate(ExportPath) ?>">Export as …</a>
<a class="btn btn-outline-secondary" href="/duplicates">Duplicates<?cs if:Duplicates ?> <span class="soft"><?cs var:Duplicates ?><?cs if:DuplicatesMore ?>+<?cs /if ?></span><?cs /if ?></a><?cs /if ?><?cs if:CanEdit ?>
<a class="btn btn-outline-secondary" href="/trash">Trash</a><?cs /if ?>
</div>
</div><?cs if:subcount(Ignored) ?>
<div class="notice notice-warn" role="alert">
<p class="notice-title">Nothing was looked up, because the filter is not understood:</p>
<ul><?cs each:one = Ignored ?><li><bdi><?cs var:one.Name ?></bdi>: <?cs var:one.Text ?></li><?cs /each ?></ul>
</div><?cs /if ?><?cs if:subcount(Contacts) || Filtered || PastEnd || FilterOpen ?>
<div class="list-tools">
<form class="search" method="get" action="/contacts" role="search"><?cs call:kept(SearchKeeps) ?>
<label class="visually-hidden" for="q">Search by name, number or e-mail</label>
<input class="form-control" id="q" name="q" type="search" dir="auto" value="<?cs var:Q ?>" placeholder="Name, number or e-mail" autocomplete="off">
<button class="btn btn-outline-secondary" type="submit">Search</button>
</form><?cs if:!FilterOpen ?>
<a class="btn btn-outline-secondary" href="<?cs var:url_validate(FilterPath) ?>">Filter</a><?cs /if ?>
<a class="btn btn-outline-secondary" href="<?cs var:url_validate(ColumnsPath) ?>">Columns</a>
</div><?cs if:FilterOpen ?><?cs include!"_filter.cs" ?><?cs /if ?><?cs if:subcount(Chips) ?>
<ul class="chips" aria-label="Conditions"><?cs if:MatchAny ?><li class="soft">Any of:</li><?cs /if ?><?cs each:chip = Chips ?>
<li class="chip"><span><?cs if:chip.Group ?><span class="soft"><?cs var:chip.Group ?>:</span> <?cs /if ?><?cs var:chip.Label ?> <bdi><?cs var:chip.Value ?></bdi></span> <a href="<?cs var:url_validate(chip.Without) ?>" aria-label="Remove <?cs var:chip.Label ?> <?cs var:chip.Value ?>">×</a></li><?cs /each ?>
<li><a href="/contacts">Clear</a></li>
</ul><?cs if:CanEdit && FilterText ?><?cs include!"_save_filter.cs" ?><?cs /if ?><?cs /if ?><?cs /if ?><?cs if:subcount(Contacts) ?><?cs if:Selectable ?>
<form class="bulk-bar" id="bulk" method="get" action="/contacts/bulk" data-bulk-bar>
<input type="hidden" name="where" value="<?cs var:Where ?>">
<span class="soft" role="status" data-said><?cs if:CanEdit ?>Tick contacts to change or export them together.<?cs else ?>Tick contacts to export them.<?cs /if ?></span><?cs if:CanEdit ?>
<button class="btn btn-sm btn-outline-secondary" type="submit" name="scope" value="chosen">Change the ticked ones</button><?cs /if ?>
<button class="btn btn-sm btn-outline-secondary" type="submit" name="scope" value="chosen" formaction="/contacts/export">Export the ticked ones</button><?cs if:CanEdit ?>
<button class="btn btn-sm btn-outline-secondary" type="submit" name="scope" value="all"><?cs if:Filtered ?>Change everything that matches<?cs else ?>Change all contacts<?cs /if ?> (<?cs if:TotalMore ?>more than <?cs /if ?><?cs var:Total ?>)</button>
<a class="soft" href="/jobs">Changes of many contacts</a><?cs /if ?>
</form><?cs /if ?><?cs include!"_contact_table.cs" ?><?cs call:pager_to_end(Pager.First, Pager.Previous, Pager.Next, Pager.Last) ?><?cs elif:FilterDraft ?>
<?cs call:empty_state("Show lists the contacts that have these conditions.") ?><?cs call:empty_state_end() ?><?cs elif:PastEnd ?>
<?cs call:empty_state("There is nothing on this page any more.") ?>
<a class="btn btn-primary" href="/contacts">Go to the first page</a><?cs call:empty_state_end() ?><?cs elif:subcount(Ignored) ?>
<?cs call:empty_state("Change the filter, or take it away.") ?>
<a class="btn btn-primary" href="/contacts">Clear the conditions</a><?cs call:empty_state_end() ?><?cs elif:Filtered ?>
<?cs call:empty_state("No contact matches these conditions.") ?>
<a class="btn btn-primary" href="/contacts">Clear the conditions</a><?cs call:empty_state_end() ?><?cs else ?>
<?cs call:empty_state("There are no contacts in this book yet. Import the file that you have, or add the first one by hand.") ?><?cs if:CanEdit ?>
<a class="btn btn-primary" href="/imports/new">Import a file</a>
<a class="btn btn-outline-secondary" href="/contacts/new">Add a contact</a><?cs /if ?><?cs call:empty_state_end() ?><?cs /if ?>
<?cs include!"_foot.cs" ?>
