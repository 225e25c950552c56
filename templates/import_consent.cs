<?cs set:Title = "Import contacts, step 4 of 4: Import" ?><?cs if:Import.OptOut ?><?cs set:Title = "Import opt-outs, step 4 of 4: Import" ?><?cs /if ?><?cs set:Script = "import" ?><?cs set:Style = "import" ?><?cs include!"_head.cs" ?><?cs include!"_import.cs" ?>
<?cs call:page_title(Title, "") ?>
<?cs call:import_steps(#4, Import.Id) ?>
<?cs if:!Refusal.Code ?><?cs call:error_summary() ?><?cs /if ?>
<form method="post" action="/imports/<?cs var:Import.Id ?>/consent" class="wizard narrow" novalidate>
<?cs call:csrf() ?>
<p class="lead-line"><strong dir="auto"><?cs var:Import.File ?></strong>: <?cs var:ToImport ?> <?cs if:ToImport == "1" ?>row<?cs else ?>rows<?cs /if ?><?cs if:Import.State == "ready" ?>, <?cs var:Import.Created ?> new, <?cs var:Import.Updated ?> updated, <?cs var:Import.Unchanged ?> unchanged<?cs /if ?><?cs if:Import.State == "ready" && Import.NotIn.Number > #0 ?>; <?cs var:Import.NotIn ?> <?cs if:Import.NotIn.Number == #1 ?>stays<?cs else ?>stay<?cs /if ?> out<?cs /if ?><?cs if:Import.Segment ?>, into the segment <strong dir="auto"><?cs var:Import.Segment ?></strong><?cs /if ?>. <a href="/imports/<?cs var:Import.Id ?>/review">Look them over again</a></p>
<?cs if:CutOff ?><p>The format takes <?cs var:CutLimit ?> rows: the last <?cs var:CutOff ?> rows of the file are skipped. You can download them afterwards.</p><?cs /if ?>
<?cs if:OptOuts.People ?><p><?cs if:OptOuts.Kept.Number > #0 ?><?cs var:OptOuts.Kept ?> <?cs if:OptOuts.Kept.Number == #1 ?>person who opted out stays<?cs else ?>people who opted out stay<?cs /if ?> opted out. <?cs /if ?><?cs if:OptOuts.Taken.Number > #0 ?>The <?cs if:OptOuts.Taken.Number == #1 ?>opt-out of 1 person is<?cs else ?>opt-outs of <?cs var:OptOuts.Taken ?> people are<?cs /if ?> overturned, as <?cs var:OptOuts.Confirmed.Who ?> confirmed. <?cs /if ?><a href="/imports/<?cs var:Import.Id ?>/optouts">Show them</a></p><?cs /if ?>
<?cs if:Import.OptOut ?>
<section class="statement" aria-labelledby="statement-title">
<h2 id="statement-title">What this import does</h2>
<p>Everybody in the book who has one of these numbers or e-mail addresses is opted out of WhatsApp, in the trash too. An e-mail address also withdraws the consent to e-mails, of all who share it.</p>
<p class="mb-0">Numbers and addresses that nobody in the book has go on the list of suppressions, as hashes: no later file brings these people in without newer consent. Nobody is created, and no other value changes.</p>
</section>
<?cs else ?>
<section class="statement" aria-labelledby="statement-title">
<h2 id="statement-title">Consent of the people in this file</h2>
<?cs each:w = Words ?><p><?cs var:w.Text ?></p><?cs /each ?>
<p class="form-text mb-0">These words (version <?cs var:WordsVersion ?>) are kept with the import, together with who confirmed them and when.</p>
</section>
<div class="form-check mt-3">
<input class="form-check-input"<?cs if:Error.gdpr ?> aria-invalid="true"<?cs /if ?> type="checkbox" name="gdpr" id="gdpr" value="1"<?cs if:Gdpr ?> checked<?cs /if ?> required<?cs if:Error.gdpr ?> aria-describedby="gdpr-error"<?cs /if ?>>
<label class="form-check-label" for="gdpr"><?cs if:Understand ?>I understand, and confirm: the<?cs else ?>The<?cs /if ?> people in this file have given their consent under the GDPR to be kept and contacted.</label>
<?cs call:field_error("gdpr") ?>
</div>
<div class="form-check mt-2">
<input class="form-check-input"<?cs if:Error.profiling ?> aria-invalid="true"<?cs /if ?> type="checkbox" name="profiling" id="profiling" value="1"<?cs if:Profiling ?> checked<?cs /if ?> required<?cs if:Error.profiling ?> aria-describedby="profiling-error"<?cs /if ?>>
<label class="form-check-label" for="profiling"><?cs if:Understand ?>I understand, and confirm: they<?cs else ?>They<?cs /if ?> have given their consent to profiling.</label>
<?cs call:field_error("profiling") ?>
</div>
<?cs /if ?>
<p class="mt-3">Confirmed by <strong dir="auto"><?cs var:Who ?></strong> (<?cs var:WhoEmail ?>).</p>
<div class="wizard-actions">
<button class="btn btn-primary" type="submit"><?cs if:Import.OptOut ?>Opt these people out<?cs else ?>Import <?cs if:Import.State == "ready" ?><?cs var:Import.InBook ?> <?cs if:Import.InBook.Number == #1 ?>contact<?cs else ?>contacts<?cs /if ?><?cs else ?><?cs var:ToImport ?> <?cs if:ToImport == "1" ?>row<?cs else ?>rows<?cs /if ?><?cs /if ?><?cs /if ?></button>
<a class="btn btn-outline-secondary" href="/imports/<?cs var:Import.Id ?>/review">Back</a>
<a class="btn btn-link" href="/imports/<?cs var:Import.Id ?>/cancel">Cancel this import</a>
</div>
</form>
<?cs include!"_foot.cs" ?>
