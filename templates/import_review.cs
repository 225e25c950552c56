<?cs set:Title = "Import contacts, step 3 of 4: Check" ?><?cs set:Script = "import" ?><?cs set:Style = "import" ?><?cs include!"_head.cs" ?><?cs include!"_import.cs" ?>
<?cs call:page_title(Title, "") ?>
<?cs call:import_steps(#3, Import.Id) ?>
<p class="lead-line">Look over what was understood. Nothing is imported yet.</p>
<div class="wizard">
<section aria-labelledby="file-title">
<h2 id="file-title">The file</h2>
<dl class="facts">
<div><dt>File</dt><dd dir="auto"><?cs var:Import.File ?>, <?cs var:Import.Bytes ?></dd></div>
<div><dt>Format</dt><dd><?cs var:Import.FormatLabel ?><?cs if:GuessSame && GuessReason ?>: the header <?cs var:GuessReason ?><?cs /if ?></dd></div>
<div><dt>Read as</dt><dd><?cs var:Import.Encoding ?>, <?cs var:Import.Delimiter ?> between the values, <?cs if:Import.Header ?>first row names the columns<?cs else ?>no header row<?cs /if ?></dd></div>
<div><dt>Rows</dt><dd><?cs var:Import.Total ?><?cs if:CutOff ?>: only the first <?cs var:CutLimit ?> are imported, <?cs var:CutOff ?> are skipped<?cs /if ?></dd></div>
<div><dt>Columns</dt><dd><?cs var:ColumnsIn ?> imported, <?cs var:ColumnsOut ?> left out</dd></div>
<?cs if:Country ?><div><dt>Numbers without a country code</dt><dd>are of <?cs var:Country ?></dd></div><?cs /if ?>
<?cs if:Import.Segment ?><div><dt>Segment</dt><dd dir="auto"><?cs var:Import.Segment ?></dd></div><?cs /if ?>
<?cs if:Import.Tags ?><div><dt>Tags for all</dt><dd dir="auto"><?cs var:Import.Tags ?></dd></div><?cs /if ?>
</dl>
</section>

<section aria-labelledby="rows-title" class="mt-4">
<h2 id="rows-title">The first <?cs var:PreviewCount ?> rows, as they will be stored</h2>
<div class="table-place" tabindex="0" role="region" aria-label="First rows">
<table class="table table-sm preview">
<caption class="visually-hidden">First rows as they will be stored</caption>
<thead><tr><th scope="col">Row</th><th scope="col">Result</th><?cs each:h = Heads ?><th scope="col" dir="auto"><?cs var:h.Text ?></th><?cs /each ?></tr></thead>
<tbody>
<?cs each:r = Preview ?>
<tr<?cs if:r.Rejected ?> class="in-error"<?cs /if ?>>
<th scope="row"><?cs var:r.Row ?></th>
<td class="comment"><?cs if:r.Rejected ?><span class="state state-bad">In error</span><?cs else ?><span class="state state-good">Ready</span><?cs /if ?>
<?cs each:p = r.Problems ?><span class="comment-text"><?cs var:p.Text ?></span><?cs /each ?></td>
<?cs each:c = r.Cells ?><td dir="auto"><?cs var:c.Text ?></td><?cs /each ?>
</tr>
<?cs /each ?>
</tbody>
</table>
</div>
<?cs if:HeadsLeft ?><p class="form-text"><?cs var:HeadsLeft ?> more attributes are imported but not shown here.</p><?cs /if ?>
<p class="form-text">Rows in error are left out of the import; you can download them with the reasons, correct them and import them again.</p>
</section>
<?cs include!"_message_preview.cs" ?>

<details class="mt-4">
<summary>What each column becomes (<?cs var:ColumnsIn ?> imported, <?cs var:ColumnsOut ?> left out)</summary>
<dl class="facts mt-2"><?cs each:c = Columns ?><div<?cs if:c.Out ?> class="left-out"<?cs /if ?>><dt dir="auto"><?cs var:c.Header ?></dt><dd dir="auto"><?cs var:c.Target ?></dd></div><?cs /each ?></dl>
</details>
<details class="mt-2">
<summary>Rules of this import</summary>
<dl class="facts mt-2"><?cs each:r = Rules ?><div><dt><?cs var:r.Label ?></dt><dd><?cs var:r.Value ?><?cs if:r.Changed ?> (changed for this import)<?cs /if ?></dd></div><?cs /each ?></dl>
</details>

<form method="post" action="/imports/<?cs var:Import.Id ?>/review" class="wizard-actions">
<?cs call:csrf() ?>
<button class="btn btn-primary" type="submit">Next: consent</button>
<a class="btn btn-outline-secondary" href="/imports/<?cs var:Import.Id ?>/mapping">Back to the columns</a>
<a class="btn btn-link" href="/imports/<?cs var:Import.Id ?>/cancel">Cancel this import</a>
</form>
</div>
<?cs include!"_foot.cs" ?>
