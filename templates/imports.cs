<?cs set:Title = "Imports" ?><?cs set:Script = "import" ?><?cs set:Style = "import" ?><?cs include!"_head.cs" ?><?cs include!"_import.cs" ?>
<div class="title-row"><?cs call:page_title(Title, "") ?><?cs if:CanEdit && subcount(Imports) > #0 ?><div class="actions"><a class="btn btn-primary" href="/imports/new">Import a file</a> <a class="btn btn-outline-secondary" href="/imports/new?format=optout">Import opt-outs</a></div><?cs /if ?></div>
<?cs if:subcount(Imports) > #0 || Filtered || Later ?>
<form method="get" action="/imports" class="filter-bar">
<div><label class="form-label" for="state">Status</label>
<select class="form-select" name="state" id="state" autocomplete="off"><option value="">All</option><?cs each:s = States ?><option value="<?cs var:s.Value ?>"<?cs if:s.Chosen ?> selected<?cs /if ?>><?cs var:s.Label ?></option><?cs /each ?></select></div>
<div><label class="form-label" for="member">Who</label>
<select class="form-select" name="member" id="member" autocomplete="off"><option value="">Everybody</option><?cs each:m = Members ?><option value="<?cs var:m.Value ?>"<?cs if:m.Chosen ?> selected<?cs /if ?>><?cs var:m.Label ?></option><?cs /each ?></select></div>
<div class="filter-buttons"><button class="btn btn-outline-secondary" type="submit">Filter</button><?cs if:Filtered ?> <a class="btn btn-link" href="/imports">Clear</a><?cs /if ?></div>
</form>
<?cs /if ?>
<?cs if:subcount(Imports) == #0 ?>
<?cs if:Filtered || Later ?><?cs call:empty_state("No import matches.") ?><a class="btn btn-outline-secondary" href="/imports">Show all imports</a><?cs call:empty_state_end() ?>
<?cs else ?><?cs call:empty_state("Nothing has been imported yet. An import brings a file of contacts into the book, and this page then shows what became of it.") ?><?cs if:CanEdit ?><a class="btn btn-primary" href="/imports/new">Import a file</a> <a class="btn btn-outline-secondary" href="/imports/new?format=optout">Import opt-outs</a><?cs /if ?><?cs call:empty_state_end() ?><?cs /if ?>
<?cs else ?>
<div data-import-live data-state="<?cs if:Refresh ?>running<?cs /if ?>">
<div class="table-place" role="region" aria-label="Imports" tabindex="0">
<table class="table cards history">
<caption class="visually-hidden">Imports, newest first</caption>
<thead><tr><th scope="col">File</th><th scope="col">When</th><th scope="col">Who</th><th scope="col">Format</th><th scope="col">Status</th><th scope="col" class="amount">Read</th><th scope="col" class="amount">New</th><th scope="col" class="amount">Updated</th><th scope="col" class="amount">In error</th><th scope="col">Files</th></tr></thead>
<tbody><?cs each:im = Imports ?>
<tr>
<th scope="row" data-label="File"><a href="/imports/<?cs var:im.Id ?>"><bdi><?cs var:im.File ?></bdi></a></th>
<td data-label="When"><?cs call:time(im.CreatedAt) ?></td>
<td data-label="Who"><bdi><?cs var:im.Member ?></bdi></td>
<td data-label="Format"><?cs var:im.FormatLabel ?></td>
<td data-label="Status"><?cs call:badge(im.StateKind, im.StateText) ?><?cs if:im.State == "running" || im.State == "paused" ?> <progress max="100" value="<?cs var:im.Percent ?>" aria-label="Progress"><?cs var:im.Percent ?> %</progress><?cs /if ?></td>
<td data-label="Read" class="amount"><?cs if:im.Began ?><?cs var:im.Read ?><?cs else ?>–<?cs /if ?></td>
<td data-label="New" class="amount"><?cs if:im.Began ?><?cs var:im.Created ?><?cs else ?>–<?cs /if ?></td>
<td data-label="Updated" class="amount"><?cs if:im.Began ?><?cs var:im.Updated ?><?cs else ?>–<?cs /if ?></td>
<td data-label="In error" class="amount"><?cs if:!im.Began ?>–<?cs elif:im.Rejected.Number > #0 && !im.FileDeletedAt ?><a href="/imports/<?cs var:im.Id ?>/processed.csv" title="Processed file: every row with comments"><?cs var:im.Rejected ?></a><?cs else ?><?cs var:im.Rejected ?><?cs /if ?></td>
<td data-label="Files" class="files"><?cs if:im.FileDeletedAt ?>deleted<?cs else ?><a href="/imports/<?cs var:im.Id ?>/original.csv" aria-label="Original file of <?cs var:im.File ?>">original</a><?cs if:im.Began && im.Ended && im.NotIn.Number > #0 ?>, <a href="/imports/<?cs var:im.Id ?>/errors.csv" aria-label="Rows in error of <?cs var:im.File ?>">errors</a><?cs /if ?><?cs /if ?></td>
</tr><?cs /each ?>
</tbody>
</table>
</div>
</div>
<nav class="pager" aria-label="Pages">
<?cs if:Later ?><a class="btn btn-outline-secondary" href="/imports?state=<?cs escape:"url" ?><?cs var:State ?><?cs /escape ?>&amp;member=<?cs var:FilterMember ?>">Newest</a><?cs /if ?>
<?cs if:Before ?><a class="btn btn-outline-secondary" rel="next" href="/imports?state=<?cs escape:"url" ?><?cs var:State ?><?cs /escape ?>&amp;member=<?cs var:FilterMember ?>&amp;before=<?cs var:Before ?>">Older</a><?cs /if ?>
</nav>
<?cs /if ?>
<p class="visually-hidden" role="status" data-announce></p>
<?cs include!"_foot.cs" ?>
