<?cs set:Script = "import" ?><?cs set:Style = "import" ?><?cs include!"_head.cs" ?><?cs include!"_import.cs" ?>
<?cs if:!Ready ?><?cs call:crumb("/imports/" + Import.Id, Import.File) ?>
<?cs /if ?><?cs call:page_title(Title, "") ?>
<?cs if:Ready ?><?cs call:import_steps(#3, Import.Id) ?><?cs /if ?>
<?cs call:error_summary() ?>
<?cs if:!OptOuts.People ?>
<p>Nobody in this file has opted out<?cs if:Ready ?>: there is nothing to decide<?cs /if ?>.</p>
<?cs if:Ready ?><p class="wizard-actions"><a class="btn btn-primary" href="/imports/<?cs var:Import.Id ?>/consent">Next: consent</a> <a class="btn btn-outline-secondary" href="/imports/<?cs var:Import.Id ?>/review">Back to the check</a></p><?cs /if ?>
<?cs elif:Ready ?>
<div class="wizard narrow">
<p class="lead-line"><strong><?cs var:OptOuts.People ?> <?cs if:OptOuts.People.Number == #1 ?>person<?cs else ?>people<?cs /if ?></strong> in this file <?cs if:OptOuts.People.Number == #1 ?>has<?cs else ?>have<?cs /if ?> opted out of WhatsApp messages. The file says they opted in, without newer proof: no time of consent that is later than the opt-out.</p>
<?cs if:OptOuts.Confirmed.People ?><p class="notice mb-3"><?cs var:OptOuts.Confirmed.Who ?> has confirmed for <?cs var:OptOuts.Confirmed.People ?> of them that they opted in again (<?cs call:time_exact(OptOuts.Confirmed.At) ?>).<?cs if:OptOuts.Kept.Number > #0 ?> <?cs var:OptOuts.Kept ?> <?cs if:OptOuts.Kept.Number == #1 ?>is<?cs else ?>are<?cs /if ?> not covered by that and <?cs if:OptOuts.Kept.Number == #1 ?>stays<?cs else ?>stay<?cs /if ?> opted out.<?cs /if ?></p><?cs /if ?>
<form method="post" action="/imports/<?cs var:Import.Id ?>/optouts" class="choice">
<?cs call:csrf() ?><input type="hidden" name="act" value="keep">
<h2 class="h2-like"><?cs if:OptOuts.Kept.Number > #0 ?>Leave them opted out<?cs else ?>Go on<?cs /if ?></h2>
<p><?cs if:OptOuts.Kept.Number > #0 ?>They get no messages. Everything else in their rows is imported.<?cs else ?>Nobody is left out.<?cs /if ?></p>
<div class="wizard-actions"><button class="btn btn-primary" type="submit"><?cs if:OptOuts.Kept.Number == #0 ?>Next: consent<?cs elif:OptOuts.Kept.Number == #1 ?>Leave 1 person opted out<?cs else ?>Leave <?cs var:OptOuts.Kept ?> people opted out<?cs /if ?></button>
<a class="btn btn-outline-secondary" href="/imports/<?cs var:Import.Id ?>/review">Back to the check</a></div>
</form>
<?cs if:OptOuts.Kept.Number > #0 ?>
<form method="post" action="/imports/<?cs var:Import.Id ?>/optouts" class="choice" novalidate>
<?cs call:csrf() ?><input type="hidden" name="act" value="overturn">
<h2 class="h2-like">Overturn the opt-outs</h2>
<div class="form-check">
<input class="form-check-input"<?cs if:Error.overturn ?> aria-invalid="true"<?cs /if ?> type="checkbox" name="overturn" id="overturn" value="<?cs var:OptOuts.People.Number ?>" autocomplete="off" required<?cs if:Error.overturn ?> aria-describedby="overturn-error"<?cs /if ?>>
<label class="form-check-label" for="overturn"><?cs var:OptInWords ?></label>
<?cs call:field_error("overturn") ?>
</div>
<p class="form-text">These words are kept with the import, together with who confirmed them, when, and for how many people. They cover only the people below.</p>
<div class="wizard-actions"><button class="btn btn-outline-danger" type="submit">Overturn for <?cs var:OptOuts.People ?> <?cs if:OptOuts.People.Number == #1 ?>person<?cs else ?>people<?cs /if ?></button></div>
</form>
<?cs /if ?>
</div>
<?cs else ?>
<p class="lead-line">The file says opt-in, without newer proof, of <?cs var:OptOuts.People ?> <?cs if:OptOuts.People.Number == #1 ?>person<?cs else ?>people<?cs /if ?> who had opted out of WhatsApp messages: <?cs var:OptOuts.Kept ?> stayed opted out, <?cs var:OptOuts.Taken ?> did not.</p>
<?cs if:OptOuts.Confirmed.People ?><p class="hint"><?cs var:OptOuts.Confirmed.Words ?> Confirmed by <bdi><?cs var:OptOuts.Confirmed.Who ?></bdi>, <?cs call:time_exact(OptOuts.Confirmed.At) ?>.</p><?cs /if ?>
<?cs /if ?>
<?cs if:subcount(Rows) > #0 ?>
<section aria-labelledby="people-title" class="mt-4">
<h2 id="people-title">Who they are</h2>
<div class="table-place" tabindex="0" role="region" aria-label="People who opted out">
<table class="table cards">
<caption class="visually-hidden">People in the file who opted out</caption>
<thead><tr><th scope="col">Row</th><th scope="col">Contact</th><th scope="col">Phone number</th><th scope="col">Opted out since</th><th scope="col"><?cs if:Ready ?>What happens<?cs else ?>What happened<?cs /if ?></th></tr></thead>
<tbody>
<?cs each:r = Rows ?>
<tr>
<th scope="row"><a href="/imports/<?cs var:Import.Id ?>/rows?row=<?cs escape:"url" ?><?cs var:r.Row ?><?cs /escape ?>"><span class="visually-hidden">Row </span><?cs var:r.Row ?></a></th>
<td data-label="Contact"><?cs if:r.Contact && (r.Name || r.Phone) ?><a href="/contacts/<?cs var:r.Contact ?>"><bdi><?cs if:r.Name ?><?cs var:r.Name ?><?cs else ?><?cs var:r.Phone ?><?cs /if ?></bdi></a><?cs elif:r.Contact ?>contact <?cs var:r.Contact ?><?cs else ?>new: opts out in an earlier row of the file<?cs /if ?></td>
<td data-label="Phone number"><?cs var:r.Phone ?></td>
<td data-label="Opted out since"><?cs if:r.Since ?><?cs call:time_exact(r.Since) ?><?cs /if ?></td>
<td data-label="Result"><?cs if:r.Kept ?><?cs if:Ready ?>stays opted out<?cs else ?>stayed opted out<?cs /if ?><?cs else ?><?cs if:Ready ?>opts in: confirmed<?cs else ?>opted in: confirmed<?cs /if ?><?cs /if ?></td>
</tr>
<?cs /each ?>
</tbody>
</table>
</div>
<p class="pager-line"><?cs if:Later ?><a href="/imports/<?cs var:Import.Id ?>/optouts">First rows</a> <?cs /if ?><?cs if:After ?><a href="/imports/<?cs var:Import.Id ?>/optouts?after=<?cs var:After ?>">Next rows</a><?cs /if ?></p>
<?cs if:OptOuts.Kept.Number > #0 ?><p><a href="/imports/<?cs var:Import.Id ?>/rows.csv?code=opt-out-kept">Download the rows that are withheld</a> as a CSV file with comments.</p><?cs /if ?>
</section>
<?cs /if ?>
<?cs include!"_foot.cs" ?>
