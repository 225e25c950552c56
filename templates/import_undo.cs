<?cs set:Title = "Undo this import?" ?><?cs set:Script = "import" ?><?cs set:Style = "import" ?><?cs include!"_head.cs" ?><?cs include!"_import.cs" ?>
<?cs call:crumb("/imports/" + Import.Id, Import.File) ?>
<?cs call:page_title(Title, "") ?>
<div class="narrow">
<p>The import of <?cs call:time_exact(Import.FinishedAt) ?>:</p>
<ul class="undo-list">
<?cs if:Made.Number > #0 ?><li><strong><?cs var:Made ?></strong> <?cs if:Made.Number == #1 ?>contact that it created goes<?cs else ?>contacts that it created go<?cs /if ?> to the trash.</li><?cs /if ?>
<?cs if:Changed.Number > #0 ?><li><strong><?cs var:Changed ?></strong> <?cs if:Changed.Number == #1 ?>contact that was there before gets its<?cs else ?>contacts that were there before get their<?cs /if ?> former values, tags and segments back.</li><?cs /if ?>
<?cs if:Import.OptOut ?><li>Numbers and addresses that this list put on the list of suppressions leave it, unless another list wants them there too.</li><?cs elif:Made.Number == #0 && Changed.Number == #0 ?><li>None of its contacts is in the book as it left it.</li><?cs /if ?>
</ul><?cs if:subcount(Later) ?>
<div class="notice notice-warn">
<p>Later, <?cs each:one = Later ?><?cs if:!first(one) ?><?cs if:last(one) ?> and <?cs else ?>, <?cs /if ?><?cs /if ?>the import of <a href="/imports/<?cs var:one.Id ?>"><bdi><?cs var:one.File ?></bdi></a> (<?cs call:time_exact(one.At) ?>)<?cs /each ?> changed some of these contacts. Where <?cs if:subcount(Later) == #1 ?>it<?cs else ?>they<?cs /if ?> changed the same fields, the later values stay. If <?cs if:subcount(Later) == #1 ?>that import is<?cs else ?>those imports are<?cs /if ?> to be undone too, undo <?cs if:subcount(Later) == #1 ?>it<?cs else ?>them<?cs /if ?> first, the newest one first: otherwise these fields end with what this file wrote.</p>
</div><?cs elif:LaterUnknown ?>
<div class="notice notice-warn">
<p>Later imports may have changed the same fields: their values stay. If such an import is to be undone too, undo it first: otherwise these fields end with what this file wrote.</p>
</div><?cs /if ?>
<p>What somebody has changed since then is kept as it is, and listed afterwards. Opt-ins and opt-outs that came with the file go back too. Tags, attributes and the segment itself stay in the book, and so do messages.</p>
<p>You can undo this as well.</p>
<form method="post" action="/imports/<?cs var:Import.Id ?>/undo" class="wizard-actions">
<?cs call:csrf() ?>
<button class="btn btn-danger" type="submit">Undo the import</button>
<a class="btn btn-outline-secondary" href="/imports/<?cs var:Import.Id ?>">No, go back</a>
</form>
</div>
<?cs include!"_foot.cs" ?>
