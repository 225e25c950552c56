<?cs set:Script = "import" ?><?cs set:Style = "import" ?><?cs include!"_head.cs" ?><?cs include!"_import.cs" ?>
<?cs call:page_title(Title, "") ?>
<p class="lead-line"><bdi><?cs var:Import.File ?></bdi>: <a href="/imports/<?cs var:Import.Id ?>">back to the import</a></p>
<nav class="filter-links" aria-label="Rows by outcome">
<a href="/imports/<?cs var:Import.Id ?>/rows"<?cs if:!Outcome && !Code ?> aria-current="page"<?cs /if ?>>all</a>
<?cs each:o = Outcomes ?><a href="/imports/<?cs var:Import.Id ?>/rows?outcome=<?cs escape:"url" ?><?cs var:o.Value ?><?cs /escape ?>"<?cs if:o.Chosen ?> aria-current="page"<?cs /if ?>><?cs var:o.Label ?></a>
<?cs /each ?>
</nav>
<?cs if:subcount(Rows) > #0 && !Code ?><p><a href="/imports/<?cs var:Import.Id ?>/rows.csv?outcome=<?cs escape:"url" ?><?cs var:Outcome ?><?cs /escape ?>">Download these rows</a> as a CSV file with comments.</p><?cs /if ?>
<?cs if:Code ?><p>Only rows with: <strong><?cs var:CodeTitle ?></strong> <code><?cs var:Code ?></code></p><?cs /if ?>
<?cs if:subcount(Rows) == #0 ?>
<?cs call:empty_state("There are no such rows.") ?><a class="btn btn-outline-secondary" href="/imports/<?cs var:Import.Id ?>/rows">All rows</a><?cs call:empty_state_end() ?>
<?cs else ?>
<div class="table-place" role="region" aria-label="Rows of the file" tabindex="0">
<table class="table table-sm preview">
<caption class="visually-hidden">Rows of the file with what became of them</caption>
<thead><tr><th scope="col">Row</th><th scope="col">Outcome</th><th scope="col">What to know</th><?cs each:h = Heads ?><th scope="col"><bdi><?cs var:h.Text ?></bdi></th><?cs /each ?></tr></thead>
<tbody><?cs each:r = Rows ?>
<tr>
<th scope="row"><?cs var:r.Row ?></th>
<td><span class="row-outcome row-<?cs var:r.Outcome ?>"><?cs var:r.Label ?></span></td>
<td class="comment"><?cs if:r.Comment ?><span class="comment-text"><?cs var:r.Comment ?></span><?cs /if ?></td>
<?cs each:c = r.Cells ?><td dir="auto"><?cs var:c.Text ?></td><?cs /each ?>
</tr><?cs /each ?>
</tbody>
</table>
</div>
<?cs if:HeadsLeft ?><p class="hint"><?cs var:HeadsLeft ?> more columns are not shown here; the processed file has them all.</p><?cs /if ?>
<nav class="pager" aria-label="Pages">
<?cs if:Later ?><a class="btn btn-outline-secondary" href="/imports/<?cs var:Import.Id ?>/rows?outcome=<?cs escape:"url" ?><?cs var:Outcome ?><?cs /escape ?>&amp;code=<?cs escape:"url" ?><?cs var:Code ?><?cs /escape ?>">First</a><?cs /if ?>
<?cs if:After ?><a class="btn btn-outline-secondary" rel="next" href="/imports/<?cs var:Import.Id ?>/rows?outcome=<?cs escape:"url" ?><?cs var:Outcome ?><?cs /escape ?>&amp;code=<?cs escape:"url" ?><?cs var:Code ?><?cs /escape ?>&amp;after=<?cs var:After ?>">Next</a><?cs /if ?>
</nav>
<?cs /if ?>
<?cs include!"_foot.cs" ?>
