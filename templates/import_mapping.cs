<?cs set:Title = "Import contacts, step 2 of 4: Columns" ?><?cs if:Import.OptOut ?><?cs set:Title = "Import opt-outs, step 2 of 4: Columns" ?><?cs /if ?><?cs set:Script = "import" ?><?cs set:Style = "import" ?><?cs include!"_head.cs" ?><?cs include!"_import.cs" ?>
<?cs call:page_title(Title, "") ?>
<?cs call:import_steps(#2, Import.Id) ?>
<?cs if:!Refusal.Code ?><?cs call:error_summary() ?><?cs /if ?>
<?cs call:import_refusal() ?>
<?cs if:Notice ?><div class="notice" role="status"><?cs var:Notice ?></div><?cs /if ?>
<?cs if:ColumnsNew || ColumnsGone ?><div class="notice" role="status" id="differs"><p class="mb-0">The columns are not those of your last mapping.</p>
<?cs if:ColumnsNew ?><p class="mb-0">New in this file: <span dir="auto"><?cs var:ColumnsNew ?></span>. Choose what they become.</p>
<?cs /if ?><?cs if:ColumnsGone ?><p class="mb-0">Missing from this file: <span dir="auto"><?cs var:ColumnsGone ?></span>. Their fields get no values.</p>
<?cs /if ?></div><?cs /if ?>
<form method="post" action="/imports/<?cs var:Import.Id ?>/mapping" class="wizard" data-import-mapping>
<?cs call:csrf() ?>
<p class="lead-line"><strong dir="auto"><?cs var:Import.File ?></strong>, <?cs var:Import.Bytes ?>, <?cs var:Import.Total ?> <?cs if:Import.Total == "1" ?>row<?cs else ?>rows<?cs /if ?>. Say what each column becomes.</p>

<section class="needs" aria-labelledby="needs-title">
<h2 id="needs-title">Mandatory for <?cs var:Import.FormatLabel ?></h2>
<ul>
<?cs each:n = Needs ?><li data-need="<?cs var:n.Values ?>" class="<?cs if:n.Linked ?>linked<?cs else ?>open<?cs /if ?>"><?cs var:n.Label ?><span class="need-state"><?cs if:n.Linked ?>linked<?cs else ?>not linked yet<?cs /if ?></span></li>
<?cs /each ?>
<?cs each:n = Wishes ?><li data-need="<?cs var:n.Values ?>" class="wish <?cs if:n.Linked ?>linked<?cs else ?>open<?cs /if ?>"><?cs var:n.Label ?> (recommended)<span class="need-state"><?cs if:n.Linked ?>linked<?cs else ?>not linked yet<?cs /if ?></span></li>
<?cs /each ?>
</ul>
<div class="wizard-actions">
<button class="btn btn-primary" type="submit" name="act" value="next">Next: check</button>
<?cs if:!OptOut ?><button class="btn btn-outline-secondary" type="submit" name="act" value="last" formnovalidate>Use my last mapping</button><?cs /if ?>
<?cs if:Left ?>
<button class="btn btn-outline-secondary" type="submit" name="rest" value="none">Leave out the columns without a choice</button>
<button class="btn btn-outline-secondary" type="submit" name="rest" value="create">Make them text attributes</button>
<?cs /if ?>
</div>
</section>

<details class="reading mt-3"<?cs if:Error.reading || Error.country || Error.segment || Refusal.Code || CountryRequired || SegmentRequired ?> open<?cs /if ?>>
<summary>How the file was read: <?cs var:Import.FormatLabel ?>, <?cs var:Import.Encoding ?>, <?cs var:Import.Delimiter ?>, <?cs if:HasHeader ?>with a header<?cs else ?>without a header<?cs /if ?></summary>
<?cs if:GuessReason ?><p class="mt-2 mb-2">The header <?cs var:GuessReason ?><?cs if:GuessOther ?>: it looks like a <strong><?cs var:GuessLabel ?></strong> file, but you chose <?cs var:Import.FormatLabel ?>.<?cs else ?>, so it is read as <?cs var:GuessLabel ?>.<?cs /if ?></p><?cs /if ?>
<div class="row g-3">
<div class="col-6 col-md-3"><label class="form-label" for="format">Format</label>
<select class="form-select" name="format" id="format" autocomplete="off"><?cs each:c = Formats ?><option value="<?cs var:c.Value ?>"<?cs if:c.Chosen ?> selected<?cs /if ?>><?cs var:c.Label ?></option><?cs /each ?></select></div>
<div class="col-6 col-md-3"><label class="form-label" for="encoding">Encoding</label>
<select class="form-select" name="encoding" id="encoding" autocomplete="off"><?cs each:c = Encodings ?><option value="<?cs var:c.Value ?>"<?cs if:c.Chosen ?> selected<?cs /if ?>><?cs var:c.Label ?></option><?cs /each ?></select></div>
<div class="col-6 col-md-3"><label class="form-label" for="delimiter">Delimiter</label>
<select class="form-select" name="delimiter" id="delimiter" autocomplete="off"><?cs each:c = Delimiters ?><option value="<?cs var:c.Value ?>"<?cs if:c.Chosen ?> selected<?cs /if ?>><?cs var:c.Label ?></option><?cs /each ?></select></div>
<div class="col-6 col-md-3"><label class="form-label" for="header">First row</label>
<select class="form-select" name="header" id="header" autocomplete="off"><option value="true"<?cs if:HasHeader ?> selected<?cs /if ?>>names the columns</option><option value="false"<?cs if:!HasHeader ?> selected<?cs /if ?>>is already a contact</option></select></div>
<?cs if:AsksCountry ?>
<div class="col-md-6"><label class="form-label" for="country">Country of numbers without a country code</label>
<select class="form-select"<?cs if:Error.country ?> aria-invalid="true"<?cs /if ?> name="country" id="country" autocomplete="off"<?cs if:Error.country ?> aria-describedby="country-error"<?cs /if ?>>
<option value="">None: every number has its own</option>
<?cs each:c = Countries ?><option value="<?cs var:c.Value ?>"<?cs if:c.Chosen ?> selected<?cs /if ?>><?cs var:c.Label ?></option>
<?cs /each ?></select>
<?cs call:field_error("country") ?></div>
<?cs /if ?>
<?cs if:!OptOut ?><div class="col-md-6"><label class="form-label" for="segment">Segment for these contacts<?cs if:SegmentRequired ?> (mandatory)<?cs /if ?></label>
<input class="form-control"<?cs if:Error.segment ?> aria-invalid="true"<?cs /if ?> type="text" name="segment" id="segment" value="<?cs var:Import.Segment ?>" maxlength="128" autocomplete="off" dir="auto"<?cs if:Error.segment ?> aria-describedby="segment-error"<?cs /if ?>>
<?cs call:field_error("segment") ?></div><?cs /if ?>
</div>
<div class="wizard-actions"><button class="btn btn-outline-secondary" type="submit" name="act" value="inspect" formnovalidate>Show again</button>
<span class="form-text">Reads the file anew; the columns are recognised anew.</span></div>
</details>

<?cs if:Stopped ?>
<div class="notice notice-bad mt-3" role="alert" id="error-summary" tabindex="-1">
<p class="notice-title">The file cannot be checked yet:</p>
<ul><?cs if:Left ?><li><a href="#c<?cs var:LeftFirst ?>"><?cs var:Left ?> <?cs if:Left == "1" ?>column has<?cs else ?>columns have<?cs /if ?> no choice yet.</a> Choose what each becomes, or use “Leave out the columns without a choice”.</li><?cs /if ?>
<?cs each:m = Messages ?><li><?cs if:m.Column ?><a href="#c<?cs var:m.Column ?>">Column “<bdi><?cs var:m.Header ?></bdi>”</a>: <?cs /if ?><?cs var:m.Text ?></li><?cs /each ?></ul>
</div>
<?cs /if ?>
<?cs if:AttributesByName ?><p class="form-text">To link a column with an attribute that the book has, choose “Attribute” and write its name.</p><?cs /if ?>

<?cs if:!OptOut ?><p class="form-text mt-3 mb-0">The write rule is about contacts that are in the book already: new ones get every value.</p><?cs else ?><p class="form-text mt-3 mb-0">Everybody in the book with one of these numbers or addresses is opted out. The others go on the <?cs if:CanAdmin ?><a href="/suppressions">list of suppressions</a><?cs else ?>list of suppressions<?cs /if ?>. Nobody is created.</p><?cs /if ?>
<div class="table-place mt-2" role="region" aria-label="Columns of the file" tabindex="0">
<table class="table mapping cards">
<caption class="visually-hidden">Columns of the file and what they become</caption>
<thead><tr><th scope="col">Column</th><th scope="col">First values</th><th scope="col" class="amount">Filled</th><th scope="col">Becomes</th><?cs if:!OptOut ?><th scope="col">Write rule</th><?cs /if ?></tr></thead>
<tbody>
<?cs each:c = Columns ?>
<tr<?cs if:c.Error ?> class="in-error"<?cs /if ?>>
<th scope="row" dir="auto" id="h<?cs var:c.Number ?>"><?cs var:c.Header ?></th>
<td class="samples" data-label="First values"><?cs each:s = c.Sample ?><span dir="auto"><?cs var:s.Text ?></span><?cs /each ?></td>
<td class="amount" data-label="Filled"><span title="<?cs var:c.Filled ?> of <?cs var:Import.Total ?> rows"><?cs var:c.Percent ?> %</span></td>
<td class="target">
<select class="form-select form-select-sm"<?cs if:c.Error ?> aria-invalid="true"<?cs /if ?> name="c<?cs var:c.Number ?>" id="c<?cs var:c.Number ?>" autocomplete="off" aria-label="What column <?cs var:c.Number ?> (<?cs var:c.Header ?>) becomes"<?cs if:c.Error ?> aria-describedby="c<?cs var:c.Number ?>-error"<?cs /if ?>>
<option value="">Choose …</option>
<option value="none"<?cs if:c.Value == "none" ?> selected<?cs /if ?>>Do not import</option>
<?cs if:!OptOut ?><option value="new"<?cs if:c.Value == "new" ?> selected<?cs /if ?>><?cs if:AttributesByName ?>Attribute …<?cs else ?>Create attribute …<?cs /if ?></option><?cs /if ?>
<?cs each:g = Groups ?><optgroup label="<?cs var:g.Label ?>"><?cs each:o = g.Options ?><option value="<?cs var:o.Value ?>"<?cs if:o.Kind ?> data-kind="<?cs var:o.Kind ?>"<?cs /if ?><?cs if:o.Value == c.Value ?> selected<?cs /if ?>><?cs var:o.Label ?></option><?cs /each ?></optgroup><?cs /each ?>
</select>
<?cs if:c.Guessed ?><span class="recognised">recognised</span><?cs /if ?>
<span class="new-attribute" data-new="c<?cs var:c.Number ?>"><input class="form-control form-control-sm" type="text" name="n<?cs var:c.Number ?>" value="<?cs var:c.Name ?>" maxlength="128" autocomplete="off" dir="auto" aria-label="Name of the new attribute for column <?cs var:c.Number ?>"><select class="form-select form-select-sm" name="t<?cs var:c.Number ?>" autocomplete="off" aria-label="Type of the new attribute for column <?cs var:c.Number ?>"><?cs each:t = Types ?><option value="<?cs var:t.Value ?>"<?cs if:t.Value == c.Type ?> selected<?cs /if ?>><?cs var:t.Label ?></option><?cs /each ?></select></span>
<?cs if:c.Error ?><div class="field-error" id="c<?cs var:c.Number ?>-error"><?cs var:c.Error ?></div><?cs /if ?>
</td>
<?cs if:!OptOut ?><td class="write"<?cs if:subcount(c.Writes) > #0 || c.WriteKey ?> data-label="Write rule"<?cs /if ?> data-write="c<?cs var:c.Number ?>">
<select class="form-select form-select-sm" name="w<?cs var:c.Number ?>" id="w<?cs var:c.Number ?>" autocomplete="off" aria-label="What column <?cs var:c.Number ?> (<?cs var:c.Header ?>) does to contacts that are in the book"<?cs if:subcount(c.Writes) == #0 ?> hidden<?cs /if ?>><?cs each:w = c.Writes ?><option value="<?cs var:w.Value ?>"<?cs if:w.Chosen ?> selected<?cs /if ?>><?cs var:w.Label ?></option><?cs /each ?></select>
<span class="hint" data-write-key<?cs if:!c.WriteKey ?> hidden<?cs /if ?>>finds the contact</span>
</td><?cs /if ?>
</tr>
<?cs /each ?>
</tbody>
</table>
</div>
<template data-write-kinds><?cs each:k = WriteKinds ?><select data-kind="<?cs var:k.Kind ?>"><?cs each:w = k.Writes ?><option value="<?cs var:w.Value ?>"><?cs var:w.Label ?></option><?cs /each ?></select><?cs /each ?></template>

<div class="wizard-actions">
<button class="btn btn-primary" type="submit" name="act" value="next">Next: check</button>
<a class="btn btn-link" href="/imports/<?cs var:Import.Id ?>/cancel">Cancel this import</a>
</div>
</form>
<?cs include!"_foot.cs" ?>
