<?cs set:Title = "Cancel this import?" ?><?cs set:Script = "import" ?><?cs set:Style = "import" ?><?cs include!"_head.cs" ?><?cs include!"_import.cs" ?>
<?cs call:crumb("/imports/" + Import.Id, Import.File) ?>
<?cs call:page_title(Title, "") ?>
<div class="narrow">
<p><strong dir="auto"><?cs var:Import.File ?></strong>, <?cs var:Import.Total ?> rows: <?cs var:Import.StateText ?>.</p>
<?cs if:Import.State == "running" || Import.Began ?>
<p><?cs if:Import.State == "running" ?>The import stops within a few seconds. <?cs /if ?>Rows that are already imported (<?cs var:Import.Read ?> so far) stay in the book; the rest is left out.</p>
<?cs else ?>
<p>Nothing of this file has been imported, and nothing will be. The import stays in the history.</p>
<?cs /if ?>
<form method="post" action="/imports/<?cs var:Import.Id ?>/cancel" class="wizard-actions">
<?cs call:csrf() ?>
<button class="btn btn-danger" type="submit">Cancel the import</button>
<a class="btn btn-outline-secondary" href="<?cs var:url_validate(Import.Next) ?>">No, go back</a>
</form>
</div>
<?cs include!"_foot.cs" ?>
