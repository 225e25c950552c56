<?cs # Rows of an import's file and their filter, of import_rows_fill(). ?>
<?cs def:import_rows_filter() ?>
<nav class="filter-links" aria-label="Rows by outcome">
<a href="<?cs var:url_validate(AllPath) ?>"<?cs if:!Outcome && !Code && !FieldLabel && !Row ?> aria-current="page"<?cs /if ?>>all <span class="filter-count"><?cs var:AllCount ?></span></a>
<?cs each:o = Outcomes ?><a href="<?cs var:url_validate(o.Path) ?>"<?cs if:o.Chosen ?> aria-current="page"<?cs /if ?>><?cs var:o.Label ?> <span class="filter-count"><?cs var:o.Count ?></span></a>
<?cs /each ?>
</nav>
<?cs if:subcount(Fields) > #0 ?><nav class="filter-links" aria-label="Rows by what they change">
<span class="filter-name">What changes:</span>
<?cs each:f = Fields ?><a href="<?cs var:url_validate(f.Path) ?>"<?cs if:f.Chosen ?> aria-current="page"<?cs /if ?>><bdi><?cs var:f.Label ?></bdi> <span class="filter-count"><?cs var:f.Count ?></span></a>
<?cs /each ?><?cs if:FieldsLeft ?><span class="hint">and <?cs var:FieldsLeft ?> more fields</span><?cs /if ?>
</nav><?cs /if ?>
<form class="row-search" method="get" action="<?cs var:url_validate(RowsPath) ?>" role="search">
<label class="form-label" for="row-number">Row number</label>
<input class="form-control" id="row-number" name="row" type="number" min="1" inputmode="numeric" value="<?cs var:Row ?>">
<button class="btn btn-outline-secondary" type="submit">Show</button>
</form>
<?cs if:Code ?><p>Only rows with: <strong><?cs var:CodeTitle ?></strong> <code><?cs var:Code ?></code> <a href="<?cs var:url_validate(AllPath) ?>">all rows</a></p><?cs /if ?>
<?cs if:FieldLabel ?><p>Only rows that change: <strong><bdi><?cs var:FieldLabel ?></bdi></strong> <a href="<?cs var:url_validate(AllPath) ?>">all rows</a></p><?cs /if ?>
<?cs /def ?>
<?cs # What a row is, in words: its findings, or what it changes. ?>
<?cs def:import_row_words(r) ?>
<?cs each:p = r.Problems ?><span class="comment-text"><?cs if:p.Column ?><bdi><?cs var:p.Column ?></bdi>: <?cs /if ?><?cs var:p.Text ?> <code><?cs var:p.Code ?></code></span><?cs /each ?>
<?cs if:subcount(r.Changes) > #0 ?><dl class="old-new"><?cs each:c = r.Changes ?><div><dt><bdi><?cs var:c.Label ?></bdi></dt><dd><del><bdi><?cs if:string.length(c.Old) ?><?cs var:c.Old ?><?cs else ?>empty<?cs /if ?></bdi></del> <span aria-hidden="true">→</span><span class="visually-hidden">becomes</span> <ins><bdi><?cs if:string.length(c.New) ?><?cs var:c.New ?><?cs else ?>empty<?cs /if ?></bdi></ins></dd></div><?cs /each ?></dl><?cs /if ?>
<?cs /def ?>
<?cs # A cell: as text, or as a field with its message. ?>
<?cs def:import_row_cell(r, c) ?>
<?cs if:c.Edit ?><label class="visually-hidden" for="<?cs var:r.Prefix ?>cell-<?cs var:r.Row ?>-<?cs var:c.Column ?>">Row <?cs var:r.Row ?>, <?cs var:c.Head ?></label>
<input class="form-control form-control-sm" dir="auto" id="<?cs var:r.Prefix ?>cell-<?cs var:r.Row ?>-<?cs var:c.Column ?>" name="cell-<?cs var:r.Row ?>-<?cs var:c.Column ?>" value="<?cs var:c.Text ?>"<?cs if:c.Wrong ?> aria-invalid="true" aria-describedby="<?cs var:r.Prefix ?>wrong-<?cs var:r.Row ?>-<?cs var:c.Column ?>"<?cs /if ?>>
<?cs if:c.Wrong ?><span class="field-error" id="<?cs var:r.Prefix ?>wrong-<?cs var:r.Row ?>-<?cs var:c.Column ?>"><?cs var:c.Wrong ?></span><?cs /if ?><?cs else ?><?cs var:c.Text ?><?cs /if ?>
<?cs if:c.Corrected ?><span class="cell-was">corrected, was “<bdi><?cs var:c.Was ?></bdi>”</span><?cs /if ?>
<?cs /def ?>
<?cs # The table; `edit` has a column of its own for leaving rows out. ?>
<?cs def:import_rows_table(rows, edit, caption) ?>
<div class="table-place" role="region" aria-label="<?cs var:caption ?>" tabindex="0">
<table class="table table-sm preview rows-table">
<caption class="visually-hidden"><?cs var:caption ?></caption>
<thead><tr><th scope="col">Row</th><th scope="col">Outcome</th><?cs if:edit ?><th scope="col">Leave out</th><?cs /if ?><th scope="col">What to know</th><?cs each:h = RowHeads ?><th scope="col"><bdi><?cs var:h.Text ?></bdi></th><?cs /each ?></tr></thead>
<tbody><?cs each:r = rows ?>
<tr id="<?cs var:r.Prefix ?>row-<?cs var:r.Row ?>"<?cs if:r.Outcome == "rejected" ?> class="in-error"<?cs /if ?>>
<th scope="row"><?cs var:r.Row ?></th>
<td><span class="row-outcome row-<?cs var:r.Outcome ?>"><?cs if:r.LeftOut ?>left out<?cs else ?><?cs var:r.Label ?><?cs /if ?></span><?cs if:r.Contact ?> <a href="/contacts/<?cs var:r.Contact ?>">contact<span class="visually-hidden"> of row <?cs var:r.Row ?></span></a><?cs /if ?></td>
<?cs if:edit ?><td><?cs if:r.Edit ?><input class="form-check-input" type="checkbox" id="<?cs var:r.Prefix ?>out-<?cs var:r.Row ?>" name="out-<?cs var:r.Row ?>" value="1"><label class="visually-hidden" for="<?cs var:r.Prefix ?>out-<?cs var:r.Row ?>">Leave row <?cs var:r.Row ?> out</label><?cs /if ?></td><?cs /if ?>
<td class="comment"><?cs call:import_row_words(r) ?><?cs if:edit && r.Edit && !Row ?><a class="small" href="/imports/<?cs var:Import.Id ?>/review?row=<?cs var:r.Row ?>#rows">All cells<span class="visually-hidden"> of row <?cs var:r.Row ?></span></a><?cs /if ?></td>
<?cs each:c = r.Cells ?><td dir="auto"<?cs if:c.Wrong ?> class="cell-wrong"<?cs /if ?>><?cs call:import_row_cell(r, c) ?></td><?cs /each ?>
</tr><?cs /each ?>
</tbody>
</table>
</div>
<?cs if:RowHeadsLeft ?><p class="hint"><?cs var:RowHeadsLeft ?> more columns are not shown here; the processed file has them all.</p><?cs /if ?>
<?cs /def ?>
<?cs def:import_rows_pager() ?><?cs call:pager(FirstPath, "", NextPath) ?><?cs /def ?>
