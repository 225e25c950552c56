<?cs set:Script = "import" ?><?cs set:Style = "import" ?><?cs include!"_head.cs" ?><?cs include!"_import.cs" ?>
<?cs call:crumb("/imports", "Imports") ?>
<?cs call:page_title(Title, "") ?>
<div data-import-live data-state="<?cs var:Import.State ?>">
<?cs if:Import.Active ?>
<p class="lead-line"><bdi><?cs var:Import.File ?></bdi>, <?cs var:Import.FormatLabel ?>, <?cs var:Import.Bytes ?></p>
<div class="progress-box">
<?cs if:Import.State == "queued" ?>
<p data-said><?cs if:Import.Read.Number > #0 ?>Waiting to go on: <strong><?cs var:Import.Read ?></strong> of <?cs var:Import.Total ?> rows are done (<?cs var:Import.Percent ?> %). It goes on<?cs else ?>Waiting to start: <?cs var:Import.Total ?> rows. It begins<?cs /if ?> as soon as a worker is free.</p>
<?cs else ?>
<progress class="import-progress" max="<?cs var:Import.Total.Number ?>" value="<?cs var:Import.Read.Number ?>" aria-label="Rows of the file that are done"><?cs var:Import.Percent ?> %</progress>
<p data-said><strong><?cs var:Import.Read ?></strong> of <?cs var:Import.Total ?> rows done (<?cs var:Import.Percent ?> %)<?cs if:Import.Rate ?>, <?cs var:Import.Rate ?> rows a second, about <?cs var:Import.Left ?> left<?cs /if ?></p>
<?cs /if ?>
<p>You can leave this page: the import goes on, and you find it under <a href="/imports">Imports</a>.</p>
<?cs if:CanEdit ?><form class="wizard-actions" method="post" action="/imports/<?cs var:Import.Id ?>/pause"><?cs call:csrf() ?>
<button class="btn btn-outline-secondary" type="submit">Pause</button>
<a class="btn btn-outline-danger" href="/imports/<?cs var:Import.Id ?>/cancel">Cancel the import …</a></form><?cs /if ?>
</div>
<?cs elif:Import.State == "paused" ?>
<p class="lead-line"><bdi><?cs var:Import.File ?></bdi>, <?cs var:Import.FormatLabel ?>, <?cs var:Import.Bytes ?></p>
<?cs if:Import.RefusalMessage ?><div class="notice notice-bad"><p class="notice-title">The import stopped.</p><p><?cs var:Import.RefusalMessage ?></p></div><?cs /if ?>
<div class="progress-box">
<progress class="import-progress" max="<?cs var:Import.Total.Number ?>" value="<?cs var:Import.Read.Number ?>" aria-label="Rows of the file that are done"><?cs var:Import.Percent ?> %</progress>
<p data-said>Paused: <strong><?cs var:Import.Read ?></strong> of <?cs var:Import.Total ?> rows are done (<?cs var:Import.Percent ?> %).</p>
<p>What is imported so far is in the book. It goes on where it stopped, whenever you like.</p>
<?cs if:CanEdit ?><form class="wizard-actions" method="post" action="/imports/<?cs var:Import.Id ?>/resume"><?cs call:csrf() ?>
<button class="btn btn-primary" type="submit">Resume</button>
<a class="btn btn-outline-danger" href="/imports/<?cs var:Import.Id ?>/cancel">Cancel the import …</a></form><?cs /if ?>
</div>
<?cs else ?>
<?cs if:Import.Busy ?>
<div class="progress-box">
<?cs if:Undo.Waiting ?><p data-said>The <?cs if:Undo.Redo ?>undo of the undo<?cs else ?>undo<?cs /if ?> begins as soon as a worker is free.</p><?cs else ?>
<progress class="import-progress" max="100" value="<?cs var:Undo.Percent ?>" aria-label="Contacts that are done"><?cs var:Undo.Percent ?> %</progress>
<p data-said><?cs if:Undo.Redo ?>The undo is being undone<?cs else ?>The import is being undone<?cs /if ?>: <strong><?cs var:Undo.Seen ?></strong> of about <?cs var:Undo.Matched ?> contacts done (<?cs var:Undo.Percent ?> %).</p><?cs /if ?>
<p>You can leave this page: it goes on by itself.</p>
</div>
<?cs elif:Undo.Failed ?>
<div class="notice notice-bad"><p class="notice-title">The <?cs if:Undo.Redo ?>undo of the undo<?cs else ?>undo<?cs /if ?> stopped.</p><p><?cs var:Undo.Message ?> Ask for it again, and it goes on where it stopped.</p></div>
<?cs elif:Undo.Job ?>
<section class="undo-result" aria-labelledby="undo-title">
<h2 id="undo-title"><?cs if:Undo.Redo ?>The undo was undone<?cs else ?>This import is undone<?cs /if ?></h2>
<p class="hint"><?cs call:time_exact(Undo.FinishedAt) ?><?cs if:Undo.Member ?>, <bdi><?cs var:Undo.Member ?></bdi><?cs /if ?></p>
<ul class="undo-list">
<li><strong><?cs var:Undo.Changed ?></strong> <?cs if:Import.OptOut ?>contacts, and keys of the list of suppressions, <?cs if:Undo.Redo ?>are again as the import left them<?cs else ?>are as they were before<?cs /if ?><?cs elif:Undo.Redo ?>contacts are again as the import left them<?cs else ?>contacts went back: those that it created to the trash, the others to their former values<?cs /if ?></li>
<?cs if:Undo.Unchanged.Number > #0 ?><li><strong><?cs var:Undo.Unchanged ?></strong> needed nothing</li><?cs /if ?>
<?cs if:Undo.Kept.Number > #0 ?><li><a href="/imports/<?cs var:Import.Id ?>/kept"><?cs var:Undo.Kept ?></a> <?cs if:Undo.Kept.Number == #1 ?>is<?cs else ?>are<?cs /if ?> kept in whole or in part, because somebody has changed them since</li><?cs /if ?>
</ul>
<p class="hint">Together <?cs var:Undo.Seen ?><?cs if:!Import.OptOut ?> contacts<?cs /if ?>. <?cs if:!Undo.Redo && !Import.OptOut ?>Tags, attributes and the segment of the import stay in the book.<?cs /if ?></p>
<?cs if:CanRedo && CanEdit ?><form method="post" action="/imports/<?cs var:Import.Id ?>/redo"><?cs call:csrf() ?><button class="btn btn-outline-secondary" type="submit">Undo the undo</button></form><?cs /if ?>
</section>
<?cs /if ?>
<div class="outcome outcome-<?cs var:Outcome ?>">
<?cs if:Import.OptOut && (Outcome == "all" || Outcome == "some") ?><p class="lead"><?cs call:optouts_said(Suppressed) ?></p>
<p><?cs var:Import.InBook ?> of <?cs var:Import.Read ?> rows of <bdi><?cs var:Import.File ?></bdi> were read as opt-outs<?cs if:Import.Unchanged.Number > #0 ?>; <?cs var:Import.Unchanged ?> changed nothing, because <?cs if:Import.Unchanged.Number == #1 ?>it was<?cs else ?>they were<?cs /if ?> opted out already<?cs /if ?>.</p>
<?cs else ?>
<?cs if:Outcome == "all" ?><p class="lead"><?cs if:Import.Read.Number == #1 ?>The only row of <bdi><?cs var:Import.File ?></bdi> is in the book.<?cs else ?>All <?cs var:Import.Read ?> rows of <bdi><?cs var:Import.File ?></bdi> are in the book.<?cs /if ?></p>
<?cs elif:Outcome == "some" ?><p class="lead"><?cs var:Import.InBook ?> of <?cs var:Import.Read ?> rows of <bdi><?cs var:Import.File ?></bdi> are in the book.
<?cs if:Import.Rejected.Number > #0 && Import.Skipped.Number > #0 ?><?cs var:Import.Rejected ?> <?cs if:Import.Rejected.Number == #1 ?>is<?cs else ?>are<?cs /if ?> in error, <?cs var:Import.Skipped ?> <?cs if:Import.Skipped.Number == #1 ?>was<?cs else ?>were<?cs /if ?> skipped.<?cs elif:Import.Rejected.Number > #0 ?><?cs var:Import.Rejected ?> <?cs if:Import.Rejected.Number == #1 ?>is<?cs else ?>are<?cs /if ?> in error.<?cs else ?><?cs var:Import.Skipped ?> <?cs if:Import.Skipped.Number == #1 ?>was<?cs else ?>were<?cs /if ?> skipped.<?cs /if ?></p>
<?cs elif:Outcome == "none" ?><p class="lead">No row of <bdi><?cs var:Import.File ?></bdi> got in: <?cs if:Import.Read.Number == #1 ?>the only one <?cs if:Import.Skipped.Number == #0 ?>is in error.<?cs else ?>was skipped.<?cs /if ?><?cs elif:Import.Skipped.Number == #0 ?>all <?cs var:Import.Rejected ?> are in error.<?cs elif:Import.Rejected.Number == #0 ?>all <?cs var:Import.Skipped ?> were skipped.<?cs else ?><?cs var:Import.Rejected ?> are in error, <?cs var:Import.Skipped ?> were skipped.<?cs /if ?></p>
<?cs elif:Outcome == "cancelled" ?><p class="lead">The import of <bdi><?cs var:Import.File ?></bdi> was cancelled.</p>
<?cs if:Import.RefusalMessage ?><p><?cs var:Import.RefusalMessage ?></p><?cs /if ?>
<p><?cs if:Import.InBook.Number > #0 ?>What was imported before that stays in the book: <?cs var:Import.InBook ?> of <?cs var:Import.Total ?> rows.<?cs else ?>Nothing of the file was imported.<?cs /if ?></p>
<?cs elif:Outcome == "failed" ?><p class="lead">The import of <bdi><?cs var:Import.File ?></bdi> stopped before its end.</p>
<?cs if:Import.RefusalMessage ?><p><?cs var:Import.RefusalMessage ?></p><?cs /if ?>
<p><?cs if:Import.InBook.Number > #0 ?>What was imported until then stays in the book: <?cs var:Import.InBook ?> of <?cs var:Import.Total ?> rows. Import the same file again: rows that are already there are recognised.<?cs else ?>Nothing of the file was imported. Try it again; if it stops once more, ask an admin to look into the log.<?cs /if ?></p>
<?cs elif:Outcome == "undone" || Outcome == "undoing" || Outcome == "redoing" ?><p class="lead">This is what the import of <bdi><?cs var:Import.File ?></bdi> came to before it was undone:</p>
<?cs elif:Outcome == "refused" ?><p class="lead">The file <bdi><?cs var:Import.File ?></bdi> was refused as a whole.</p>
<?cs else ?><p class="lead">This import of <bdi><?cs var:Import.File ?></bdi> is not finished: <?cs var:Import.StateText ?>. Nothing of the file is in the book yet.</p>
<?cs if:CanEdit ?><p class="wizard-actions"><a class="btn btn-primary" href="<?cs var:url_validate(Import.Next) ?>">Go on with it</a> <a class="btn btn-link" href="/imports/<?cs var:Import.Id ?>/cancel">Cancel it</a></p><?cs /if ?>
<?cs /if ?><?cs /if ?>
</div>
<?cs call:import_refusal() ?>
<?cs if:Import.State == "ready" ?>
<section aria-labelledby="numbers-title">
<h2 id="numbers-title">What the import will do</h2>
<?cs call:review_numbers() ?>
</section>
<?cs /if ?>

<?cs if:Import.Began && Import.Ended ?>
<div class="numbers">
<?cs call:import_number(Import, Import.Read, "", "rows read") ?>
<?cs call:import_number(Import, Import.Created, "created", "new") ?>
<?cs call:import_number(Import, Import.Updated, "updated", "updated") ?>
<?cs call:import_number(Import, Import.Unchanged, "unchanged", "unchanged") ?>
<?cs call:import_number(Import, Import.Skipped, "skipped", "skipped") ?>
<?cs call:import_number(Import, Import.Rejected, "rejected", "in error") ?>
</div>
<?cs if:subcount(Differences) > #0 ?>
<div class="notice notice-warn differences">
<p class="mb-1">The book changed after the check, so the import came out otherwise. Each row was matched with the book as it was at that moment.</p>
<table class="table table-sm"><caption class="visually-hidden">What came out otherwise than the check said</caption>
<thead><tr><th scope="col">Rows</th><th scope="col">The check said</th><th scope="col">The import</th></tr></thead>
<tbody><?cs each:d = Differences ?><tr><th scope="row"><?cs if:d.Detail ?><bdi><?cs var:d.Label ?></bdi> changes<?cs else ?><?cs var:d.Label ?><?cs /if ?></th><td><?cs var:d.Checked ?></td><td><?cs var:d.Now ?></td></tr><?cs /each ?></tbody></table>
</div><?cs /if ?>
<?cs if:FixCount.Number > #0 ?><p class="hint"><?cs var:FixCount ?> <?cs if:FixCount.Number == #1 ?>correction was<?cs else ?>corrections were<?cs /if ?> made to this file before the import; they stand in the details below.</p><?cs /if ?>
<?cs if:OptOuts.People ?><p><?cs if:OptOuts.Kept.Number > #0 ?><strong><?cs var:OptOuts.Kept ?></strong> <?cs if:OptOuts.Kept.Number == #1 ?>person stayed<?cs else ?>people stayed<?cs /if ?> opted out: the file said opt-in without newer proof. <?cs /if ?><?cs if:OptOuts.Taken.Number > #0 ?><strong><?cs var:OptOuts.Taken ?></strong> <?cs if:OptOuts.Taken.Number == #1 ?>opt-out was<?cs else ?>opt-outs were<?cs /if ?> overturned, as <?cs var:OptOuts.Confirmed.Who ?> confirmed. <?cs /if ?><a href="/imports/<?cs var:Import.Id ?>/optouts">Show them</a></p><?cs /if ?>
<?cs if:Import.Completes ?><p class="hint">This file completes <a href="/imports/<?cs var:Import.Completes ?>">import <?cs var:Import.Completes ?></a>: it has its rows in error, corrected.</p><?cs /if ?>
<?cs if:Import.CompletedBy ?><p class="hint">Its rows in error were corrected in <a href="/imports/<?cs var:Import.CompletedBy ?>">import <?cs var:Import.CompletedBy ?></a>.</p><?cs /if ?>
<p class="wizard-actions">
<?cs if:Import.OptOut ?><?cs if:Suppressed.Contacts.Number > #0 && Outcome != "undone" ?><a class="btn btn-primary" href="/contacts?import=<?cs var:Import.Id ?>">Show these contacts</a><?cs /if ?>
<?cs if:CanAdmin ?><a class="btn btn-outline-secondary" href="/suppressions">List of suppressions</a><?cs /if ?>
<?cs elif:Import.InBook.Number > #0 && Outcome != "undone" ?>
<?cs if:Import.Segment ?><a class="btn btn-primary" href="/contacts?segment=<?cs escape:"url" ?><?cs var:Import.Segment ?><?cs /escape ?>">Show the segment “<bdi><?cs var:Import.Segment ?></bdi>”</a>
<?cs else ?><a class="btn btn-primary" href="/contacts?import=<?cs var:Import.Id ?>">Show these contacts</a><?cs /if ?>
<?cs /if ?>
<?cs if:Import.NotIn.Number > #0 && !Import.FileDeletedAt ?><a class="btn btn-outline-secondary" href="/imports/<?cs var:Import.Id ?>/errors.csv">Download the rows in error</a>
<?cs if:CanEdit ?><a class="btn btn-outline-secondary" href="/imports/new<?cs if:Import.OptOut ?>?format=optout<?cs /if ?>">Import the corrected file</a><?cs /if ?><?cs /if ?>
<?cs if:CanUndo && CanEdit ?><a class="btn btn-outline-danger" href="/imports/<?cs var:Import.Id ?>/undo">Undo the import …</a><?cs /if ?>
</p>
<?cs /if ?>

<?cs if:subcount(Problems) > #0 ?>
<section aria-labelledby="problems-title">
<h2 id="problems-title">Why rows <?cs if:Import.Open ?>will<?cs else ?>did<?cs /if ?> not get in</h2>
<ul class="problem-groups"><?cs each:p = Problems ?>
<li><?cs call:problem_link(Import, p) ?> <?cs if:p.Skip ?><span class="hint">skipped</span> <?cs /if ?><code><?cs var:p.Code ?></code></li><?cs /each ?></ul>
<?cs if:!Import.FileDeletedAt && !Import.Open ?><p class="hint">Correct these rows in the file of rows in error and import that file as it is: its last column is recognised and left out.</p><?cs /if ?>
</section>
<?cs /if ?>
<?cs if:subcount(Warnings) > #0 ?>
<section aria-labelledby="warnings-title">
<h2 id="warnings-title">Rows that <?cs if:Import.Open ?>will get<?cs else ?>got<?cs /if ?> in, with a warning</h2>
<ul class="problem-groups"><?cs each:p = Warnings ?>
<li><?cs call:problem_link(Import, p) ?> <code><?cs var:p.Code ?></code></li><?cs /each ?></ul>
</section>
<?cs /if ?>

<section aria-labelledby="downloads-title">
<h2 id="downloads-title">Files</h2>
<?cs if:Import.FileDeletedAt ?><p>The file was deleted on <?cs call:time_exact(Import.FileDeletedAt) ?> by the <?cs if:CanAdmin ?><a href="/settings#retention">retention rule</a><?cs else ?>retention rule<?cs /if ?>, with the values of its rows. The numbers above stay<?cs if:CanUndo ?>, and the import can still be undone<?cs /if ?>.</p>
<?cs else ?>
<ul class="downloads">
<li><a href="/imports/<?cs var:Import.Id ?>/original.csv">The file as it was uploaded</a> <span class="hint"><?cs var:Import.Bytes ?></span></li>
<?cs if:Import.Began && Import.Ended ?>
<?cs if:Import.NotIn.Number > #0 ?><li><a href="/imports/<?cs var:Import.Id ?>/errors.csv">Rows in error</a> <span class="hint"><?cs if:Import.NotIn.Number == #1 ?>the row that did not get in, with its reason<?cs else ?>the <?cs var:Import.NotIn ?> rows that did not get in, each with its reason<?cs /if ?></span></li><?cs /if ?>
<li><a href="/imports/<?cs var:Import.Id ?>/consents.csv">Consents</a> <span class="hint">what each row brought, as proof</span></li>
<li><a href="/imports/<?cs var:Import.Id ?>/processed.csv">Processed file</a> <span class="hint">all rows, with comments</span></li>
<?cs /if ?>
</ul>
<?cs if:Import.ErasedCells ?><p class="hint">At the request of people who were erased, <?cs var:Import.ErasedCells ?> cells of the file were overwritten since. Its checksum is that of the file as it was uploaded.</p><?cs /if ?>
<?cs /if ?>
</section>

<?cs if:!Import.Open ?>
<details class="mt-4">
<summary>Details: rules, columns, consent, times</summary>
<dl class="facts mt-2">
<div><dt>Uploaded</dt><dd><?cs call:time_exact(Import.CreatedAt) ?><?cs if:Import.Member ?> by <bdi><?cs var:Import.Member ?></bdi><?cs /if ?></dd></div>
<?cs if:Import.StartedAt ?><div><dt>Started</dt><dd><?cs call:time_exact(Import.StartedAt) ?></dd></div><?cs /if ?>
<?cs if:Import.FinishedAt ?><div><dt>Ended</dt><dd><?cs call:time_exact(Import.FinishedAt) ?><?cs if:Import.Took ?>, it took <?cs var:Import.Took ?><?cs /if ?></dd></div><?cs /if ?>
<div><dt>File</dt><dd><bdi><?cs var:Import.File ?></bdi>, <?cs var:Import.Bytes ?>, <?cs var:Import.Encoding ?>, <?cs var:Import.Delimiter ?></dd></div>
<div><dt>SHA-256</dt><dd class="break"><code><?cs var:Import.Checksum ?></code></dd></div>
<?cs if:Country ?><div><dt>Numbers without a country code</dt><dd>are of <?cs var:Country ?></dd></div><?cs /if ?>
<?cs if:Import.Tags ?><div><dt>Tags for all</dt><dd><bdi><?cs var:Import.Tags ?></bdi></dd></div><?cs /if ?>
</dl>
<?cs if:OptOuts.Confirmed.People ?>
<h3>Opt-outs</h3>
<p><?cs var:OptOuts.Confirmed.Words ?></p>
<p class="hint">Confirmed by <bdi><?cs var:OptOuts.Confirmed.Who ?></bdi>, <?cs call:time_exact(OptOuts.Confirmed.At) ?>.</p>
<?cs /if ?>
<?cs if:Consent.Member ?>
<h3>Consent</h3>
<?cs each:w = Consent.Words ?><p><?cs var:w.Text ?></p><?cs /each ?>
<p class="hint">Confirmed by <bdi><?cs var:Consent.Member ?></bdi>, <?cs call:time_exact(Consent.At) ?>; words of version <?cs var:Consent.Version ?>.</p>
<?cs /if ?>
<?cs if:FixCount.Number > #0 ?><h3 id="fixes">Corrections</h3>
<p class="hint">Laid over the file when it was read; the uploaded file itself is as it was.</p>
<?cs call:import_fixes("") ?>
<?cs /if ?>
<h3>Columns</h3>
<dl class="facts"><?cs each:c = Columns ?><div<?cs if:c.Out ?> class="left-out"<?cs /if ?>><dt><bdi><?cs var:c.Header ?></bdi></dt><dd><bdi><?cs var:c.Target ?></bdi><?cs if:c.WriteChanged ?> <strong class="write-rule">(<?cs var:c.Write ?>)</strong><?cs /if ?></dd></div><?cs /each ?></dl>
<h3>Rules</h3>
<dl class="facts"><?cs each:r = Rules ?><div><dt><?cs var:r.Label ?></dt><dd><?cs var:r.Value ?><?cs if:r.Changed ?> (changed for this import)<?cs /if ?></dd></div><?cs /each ?></dl>
</details>
<?cs /if ?>
<?cs /if ?>
</div>
<p class="visually-hidden" role="status" data-announce></p>
<?cs include!"_foot.cs" ?>
