<?cs set:Title = "Import contacts, step 3 of 4: Check" ?><?cs set:Script = "import" ?><?cs set:Style = "import" ?><?cs include!"_head.cs" ?><?cs include!"_import.cs" ?>
<?cs call:page_title(Title, "") ?>
<?cs call:import_steps(#3, Import.Id) ?>
<p class="lead-line">Look over what the import would do. Nothing is imported yet.</p>
<div class="wizard">
<div data-import-live data-state="<?cs var:Import.State ?>">
<?cs if:Checking ?>
<div class="progress-box">
<progress class="import-progress" max="<?cs var:Import.Total.Number ?>" value="<?cs var:Import.Read.Number ?>" aria-label="Rows of the file that are checked"><?cs var:Import.Percent ?> %</progress>
<p data-said><strong><?cs var:Import.Read ?></strong> of <?cs var:Import.Total ?> rows checked. The numbers of the import come as soon as all rows are.</p>
</div>
<?cs elif:Unchecked ?>
<form method="post" action="/imports/<?cs var:Import.Id ?>/review" class="wizard-actions">
<?cs call:csrf() ?><input type="hidden" name="act" value="check">
<button class="btn btn-outline-secondary" type="submit">Check all rows</button>
</form>
<?cs elif:Checked ?>
<section aria-labelledby="numbers-title">
<h2 id="numbers-title">What the import will do</h2>
<div class="numbers">
<?cs call:import_number(Import, Import.Read, "", "rows read") ?>
<?cs call:import_number(Import, Import.Created, "created", "new") ?>
<?cs call:import_number(Import, Import.Updated, "updated", "updated") ?>
<?cs call:import_number(Import, Import.Unchanged, "unchanged", "unchanged") ?>
<?cs call:import_number(Import, Import.Skipped, "skipped", "skipped") ?>
<?cs call:import_number(Import, Import.Rejected, "rejected", "in error") ?>
</div>
</section>
<?cs each:r = Repairs ?>
<form method="post" action="/imports/<?cs var:Import.Id ?>/review" class="notice">
<?cs call:csrf() ?><input type="hidden" name="act" value="check"><input type="hidden" name="rule" value="<?cs var:r.Rule ?>"><input type="hidden" name="value" value="<?cs var:r.Value ?>">
<p class="mb-1"><strong><?cs var:r.Count ?></strong> × <?cs var:r.Text ?></p>
<ul class="hint mb-2"><?cs each:x = r.Examples ?><li dir="auto"><?cs var:x.Text ?></li><?cs /each ?></ul>
<button class="btn btn-outline-secondary" type="submit"><?cs var:r.Button ?></button>
</form>
<?cs /each ?>
<?cs if:subcount(Problems) > #0 ?>
<section aria-labelledby="problems-title">
<h2 id="problems-title">Why rows will not get in</h2>
<ul class="problem-groups"><?cs each:p = Problems ?>
<li><a href="/imports/<?cs var:Import.Id ?>/rows?code=<?cs escape:"url" ?><?cs var:p.Code ?><?cs /escape ?>"><?cs var:p.Count ?> × <?cs var:p.Title ?></a> <?cs if:p.Skip ?><span class="hint">skipped</span> <?cs /if ?><code><?cs var:p.Code ?></code></li><?cs /each ?></ul>
<p><a href="/imports/<?cs var:Import.Id ?>/errors.csv">Download these rows</a> with the reasons, to correct them before you import.</p>
</section>
<?cs /if ?>
<?cs if:subcount(Warnings) > #0 ?>
<section aria-labelledby="warnings-title">
<h2 id="warnings-title">Rows that will get in, with a warning</h2>
<ul class="problem-groups"><?cs each:p = Warnings ?>
<li><a href="/imports/<?cs var:Import.Id ?>/rows?code=<?cs escape:"url" ?><?cs var:p.Code ?><?cs /escape ?>"><?cs var:p.Count ?> × <?cs var:p.Title ?></a> <code><?cs var:p.Code ?></code></li><?cs /each ?></ul>
</section>
<?cs /if ?>
<?cs /if ?>
</div>
<p class="visually-hidden" role="status" data-announce></p>
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
