<?cs set:Title = "Import contacts, step 3 of 4: Check" ?><?cs if:Import.OptOut ?><?cs set:Title = "Import opt-outs, step 3 of 4: Check" ?><?cs /if ?><?cs set:Script = "import" ?><?cs set:Style = "import" ?><?cs include!"_head.cs" ?><?cs include!"_import.cs" ?><?cs include!"_import_rows.cs" ?>
<?cs call:page_title(Title, "") ?>
<?cs call:import_steps(#3, Import.Id) ?>
<p class="lead-line">Look over what the import would do, and correct what is wrong. Nothing is imported yet.</p>
<div class="wizard">
<?cs call:error_summary() ?>
<?cs if:subcount(Tried) > #0 ?>
<section id="tried" aria-labelledby="tried-title" class="tried">
<h2 id="tried-title">What you just corrected</h2>
<p><?cs if:TriedCount.Number == #1 ?><?cs if:TriedIn.Number == #1 ?>The row will get in.<?cs else ?>The row does not get in.<?cs /if ?><?cs else ?><?cs var:TriedIn ?> of these <?cs var:TriedCount ?> rows will get in.<?cs /if ?> <span class="hint">Each row was looked at by itself; the check of the whole file also compares it with the other rows.</span></p>
<form method="post" action="/imports/<?cs var:Import.Id ?>/review">
<?cs call:csrf() ?><input type="hidden" name="act" value="fix">
<?cs call:import_rows_table(Tried, "1", "Rows that were just corrected") ?>
<?cs if:TriedIn.Number < TriedCount.Number ?><button class="btn btn-primary" type="submit">Save corrections and check again</button><?cs /if ?>
</form>
</section>
<?cs /if ?>
<div data-import-live data-state="<?cs var:Import.State ?>">
<?cs if:Checking ?>
<div class="progress-box">
<progress class="import-progress" max="<?cs var:Import.Total.Number ?>" value="<?cs var:Import.Read.Number ?>" aria-label="Rows of the file that are checked"><?cs var:Import.Percent ?> %</progress>
<p data-said><?cs if:FixCount.Number > #0 ?>The file is being checked again with your corrections: <?cs /if ?><strong><?cs var:Import.Read ?></strong> of <?cs var:Import.Total ?> rows checked. The numbers of the import come as soon as all rows are.</p>
</div>
<?cs elif:Unchecked ?>
<form method="post" action="/imports/<?cs var:Import.Id ?>/review" class="wizard-actions">
<?cs call:csrf() ?><input type="hidden" name="act" value="check">
<button class="btn btn-outline-secondary" type="submit">Check all rows</button>
</form>
<?cs elif:Checked ?>
<section aria-labelledby="numbers-title">
<h2 id="numbers-title">What the import will do</h2>
<?cs call:review_numbers() ?>
<form method="post" action="/imports/<?cs var:Import.Id ?>/review" class="wizard-actions">
<?cs call:csrf() ?>
<button class="btn btn-primary" type="submit"><?cs call:review_next() ?></button>
<button class="btn btn-outline-secondary" type="submit" name="act" value="check">Check again</button>
<span class="hint">Once more against the book as it is now, when something there changed since.</span>
</form>
<?cs if:InexactFrom ?><p class="notice notice-warn">The file has very many rows about the same contacts. Up to row <?cs var:InexactFrom ?> these numbers are exact; after it a row may come out otherwise when an earlier row of the file changes the same contact. The import itself decides every row exactly.</p><?cs /if ?>
<?cs if:subcount(Fields) > #0 ?><p class="changes-line"><?cs if:Import.OptOut ?>What changes:<?cs else ?>What changes in contacts that are in the book:<?cs /if ?></p>
<ul class="changes-list"><?cs each:f = Fields ?><li><a href="<?cs var:url_validate(f.Path) ?>"><bdi><?cs var:f.Label ?></bdi> in <?cs var:f.Count ?> <?cs if:f.Count == "1" ?>row<?cs else ?>rows<?cs /if ?></a></li><?cs /each ?></ul><?cs if:FieldsLeft ?><p class="hint">and <?cs var:FieldsLeft ?> more fields</p><?cs /if ?><?cs /if ?>
</section>
<?cs if:OptOuts.People ?>
<section class="notice" aria-labelledby="optouts-title">
<h2 id="optouts-title" class="h2-like">People who opted out</h2>
<p class="mb-1"><?cs if:OptOuts.Kept.Number > #0 ?><strong><?cs var:OptOuts.Kept ?> <?cs if:OptOuts.Kept.Number == #1 ?>person<?cs else ?>people<?cs /if ?></strong> in this file opted out of WhatsApp messages. The file says opt-in without newer proof, so <?cs if:OptOuts.Kept.Number == #1 ?>this person stays<?cs else ?>they stay<?cs /if ?> opted out. <?cs /if ?><?cs if:OptOuts.Taken.Number > #0 ?><strong><?cs var:OptOuts.Taken ?></strong> <?cs if:OptOuts.Taken.Number == #1 ?>opt-out is<?cs else ?>opt-outs are<?cs /if ?> overturned, as <?cs var:OptOuts.Confirmed.Who ?> confirmed.<?cs /if ?></p>
<a class="btn btn-outline-secondary" href="/imports/<?cs var:Import.Id ?>/optouts">Show them</a>
</section>
<?cs /if ?>
<?cs if:subcount(Groups) > #0 ?>
<section aria-labelledby="problems-title">
<h2 id="problems-title">Why rows will not get in, and what to do</h2>
<?cs each:r = Repairs ?>
<form method="post" action="/imports/<?cs var:Import.Id ?>/review" class="notice">
<?cs call:csrf() ?><input type="hidden" name="act" value="check"><input type="hidden" name="rule" value="<?cs var:r.Rule ?>"><input type="hidden" name="value" value="<?cs var:r.Value ?>">
<p class="mb-1"><strong><?cs var:r.Count ?></strong> × <?cs var:r.Text ?></p>
<ul class="hint mb-2"><?cs each:x = r.Examples ?><li dir="auto"><?cs var:x.Text ?></li><?cs /each ?></ul>
<button class="btn btn-outline-secondary" type="submit"><?cs var:r.Button ?></button>
</form>
<?cs /each ?>
<div class="groups"><?cs each:g = Groups ?>
<section class="group" aria-labelledby="group-<?cs var:g.Number ?>">
<h3 id="group-<?cs var:g.Number ?>"><?cs var:g.Count ?> × <?cs var:g.Title ?></h3>
<p class="group-line"><a href="/imports/<?cs var:Import.Id ?>/review?code=<?cs escape:"url" ?><?cs var:g.Code ?><?cs /escape ?>#rows">Show <?cs if:g.Count == "1" ?>this row<?cs else ?>these rows<?cs /if ?><span class="visually-hidden">: <?cs var:g.Title ?></span></a> <?cs if:g.Skip ?><span class="hint">skipped</span> <?cs /if ?><code><?cs var:g.Code ?></code></p>
<?cs each:c = g.Columns ?>
<details class="more"<?cs if:c.Open ?> open<?cs /if ?>>
<summary>Correct values everywhere in “<bdi><?cs var:c.Name ?></bdi>”</summary>
<form method="post" action="/imports/<?cs var:Import.Id ?>/review" class="values">
<?cs call:csrf() ?><input type="hidden" name="act" value="value"><input type="hidden" name="column" value="<?cs var:c.Column ?>">
<?cs each:v = c.Values ?>
<div class="value"><label for="new-<?cs var:v.Id ?>"><?cs if:string.length(v.Value) ?><bdi><?cs var:v.Value ?></bdi><?cs else ?><em>empty</em><?cs /if ?> <span class="hint"><?cs var:v.Rows ?> <?cs if:v.Rows == "1" ?>row<?cs else ?>rows<?cs /if ?></span></label>
<input type="hidden" name="old-<?cs var:v.Number ?>" value="<?cs var:v.Value ?>"><input class="form-control form-control-sm" dir="auto" id="new-<?cs var:v.Id ?>" name="new-<?cs var:v.Number ?>" value="<?cs var:v.Value ?>"></div>
<?cs /each ?>
<?cs if:Import.Header ?><div class="form-check"><input class="form-check-input" type="checkbox" id="remember-<?cs var:c.Id ?>" name="remember" value="1"><label class="form-check-label" for="remember-<?cs var:c.Id ?>">Do the same in my next files with this column</label></div><?cs /if ?>
<button class="btn btn-outline-secondary btn-sm" type="submit">Correct everywhere<span class="visually-hidden"> in <?cs var:c.Name ?></span></button>
</form>
</details>
<?cs /each ?>
<?cs if:g.More ?><p class="hint">There are more different values: correct them in their rows.</p><?cs /if ?>
</section><?cs /each ?>
</div>
<p><a href="/imports/<?cs var:Import.Id ?>/errors.csv">Download these rows</a> with the reasons, to correct them in a spreadsheet instead. Rows that stay in error are left out of the import.</p>
</section>
<?cs /if ?>
<?cs if:subcount(Warnings) > #0 ?>
<section aria-labelledby="warnings-title">
<h2 id="warnings-title">Rows that will get in, with a warning</h2>
<ul class="problem-groups"><?cs each:p = Warnings ?>
<li><a href="/imports/<?cs var:Import.Id ?>/review?code=<?cs escape:"url" ?><?cs var:p.Code ?><?cs /escape ?>#rows"><?cs var:p.Count ?> × <?cs var:p.Title ?></a> <code><?cs var:p.Code ?></code><?cs if:p.Code == "tag-unknown" ?> <span class="hint">To give them, add them under <a href="/tags">Tags</a> and check again.</span><?cs /if ?></li><?cs /each ?></ul>
</section>
<?cs /if ?>
<section id="rows" aria-labelledby="table-title">
<h2 id="table-title">Rows of the file</h2>
<?cs call:import_rows_filter() ?>
<?cs if:subcount(Rows) == #0 ?>
<?cs call:empty_state("There are no such rows.") ?><?cs call:empty_state_end() ?>
<?cs else ?>
<form method="post" action="<?cs var:url_validate(ThisPath) ?>">
<?cs call:csrf() ?><input type="hidden" name="act" value="fix">
<?cs call:import_rows_table(Rows, "1", "Rows of the file with what becomes of them") ?>
<?cs if:Editable ?><p class="wizard-actions"><button class="btn btn-primary" type="submit">Save corrections and check again</button> <span class="hint">Change cells here, or tick rows to leave out. The uploaded file itself stays as it is.</span></p><?cs /if ?>
</form>
<?cs call:import_rows_pager() ?>
<?cs /if ?>
<?cs if:Editable ?>
<details class="more mt-3">
<summary>Correct any other value everywhere</summary>
<form method="post" action="/imports/<?cs var:Import.Id ?>/review" class="values">
<?cs call:csrf() ?><input type="hidden" name="act" value="value">
<div class="value"><label for="any-column">In the column</label>
<select class="form-select form-select-sm" id="any-column" name="column"><?cs each:c = Columns ?><?cs if:!c.Out ?><option value="<?cs var:c.Number ?>"><?cs var:c.Header ?></option><?cs /if ?><?cs /each ?></select></div>
<div class="value"><label for="any-old">cells that are</label><input class="form-control form-control-sm" dir="auto" id="any-old" name="old-0" autocomplete="off"></div>
<div class="value"><label for="any-new">become</label><input class="form-control form-control-sm" dir="auto" id="any-new" name="new-0" autocomplete="off"></div>
<?cs if:Import.Header ?><div class="form-check"><input class="form-check-input" type="checkbox" id="any-remember" name="remember" value="1"><label class="form-check-label" for="any-remember">Do the same in my next files with this column</label></div><?cs /if ?>
<button class="btn btn-outline-secondary btn-sm" type="submit">Correct this value everywhere</button>
</form>
</details>
<?cs /if ?>
</section>
<?cs /if ?>
<?cs if:FixCount.Number > #0 ?>
<section id="fixes" aria-labelledby="fixes-title">
<h2 id="fixes-title">Corrections of this file</h2>
<?cs call:import_fixes("1") ?>
</section>
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
<?cs if:WritesChanged ?><div><dt>Write rules</dt><dd><ul class="plain-list mb-0"><?cs each:c = Columns ?><?cs if:c.WriteChanged ?><li><bdi><?cs var:c.Header ?></bdi>: <?cs var:c.Write ?></li><?cs /if ?><?cs /each ?></ul></dd></div><?cs /if ?>
</dl>
</section>

<?cs if:!Import.OptOut ?><details class="mt-4 first-rows"<?cs if:!Checked ?> open<?cs /if ?>>
<summary>The first <?cs var:PreviewCount ?> rows, as they will be stored</summary>
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
</details>
<?cs /if ?><?cs if:!Import.OptOut ?><?cs include!"_message_preview.cs" ?><?cs /if ?>

<details class="mt-4">
<summary>What each column becomes (<?cs var:ColumnsIn ?> imported, <?cs var:ColumnsOut ?> left out)</summary>
<dl class="facts mt-2"><?cs each:c = Columns ?><div<?cs if:c.Out ?> class="left-out"<?cs /if ?>><dt dir="auto"><?cs var:c.Header ?></dt><dd dir="auto"><?cs var:c.Target ?><?cs if:c.WriteChanged ?> <strong class="write-rule">(<?cs var:c.Write ?>)</strong><?cs /if ?></dd></div><?cs /each ?></dl>
</details>
<details class="mt-2">
<summary>Rules of this import</summary>
<dl class="facts mt-2"><?cs each:r = Rules ?><div><dt><?cs var:r.Label ?></dt><dd><?cs var:r.Value ?><?cs if:r.Changed ?> (changed for this import)<?cs /if ?></dd></div><?cs /each ?></dl>
</details>

<form method="post" action="/imports/<?cs var:Import.Id ?>/review" class="wizard-actions">
<?cs call:csrf() ?>
<button class="btn btn-primary" type="submit"><?cs call:review_next() ?></button>
<a class="btn btn-outline-secondary" href="/imports/<?cs var:Import.Id ?>/mapping">Back to the columns</a>
<a class="btn btn-link" href="/imports/<?cs var:Import.Id ?>/cancel">Cancel this import</a>
</form>
</div>
<?cs include!"_foot.cs" ?>
