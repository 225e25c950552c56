<?cs set:Script = "import" ?><?cs set:Style = "import" ?><?cs include!"_head.cs" ?><?cs include!"_import.cs" ?><?cs include!"_import_rows.cs" ?>
<?cs call:crumb("/imports/" + Import.Id, Import.File) ?>
<?cs call:page_title(Title, "") ?>
<section id="rows" aria-label="Rows">
<?cs call:import_rows_filter() ?>
<?cs if:subcount(Rows) > #0 && !(Code && Outcome) && !FieldLabel && !Row ?><p><a href="/imports/<?cs var:Import.Id ?>/rows.csv?<?cs if:Code ?>code=<?cs escape:"url" ?><?cs var:Code ?><?cs /escape ?><?cs else ?>outcome=<?cs escape:"url" ?><?cs var:Outcome ?><?cs /escape ?><?cs /if ?>">Download these rows</a> as a CSV file with comments.</p><?cs /if ?>
<?cs if:subcount(Rows) == #0 ?>
<?cs call:empty_state("There are no such rows.") ?><a class="btn btn-outline-secondary" href="/imports/<?cs var:Import.Id ?>/rows">All rows</a><?cs call:empty_state_end() ?>
<?cs else ?>
<?cs call:import_rows_table(Rows, "", "Rows of the file with what became of them") ?>
<?cs call:import_rows_pager() ?>
<?cs /if ?>
</section>
<?cs include!"_foot.cs" ?>
