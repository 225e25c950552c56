<?cs set:Title = "Import contacts, step 1 of 4: File" ?><?cs set:Script = "import" ?><?cs set:Style = "import" ?><?cs include!"_head.cs" ?><?cs include!"_import.cs" ?>
<?cs call:page_title(Title, "") ?>
<?cs call:import_steps(#1, "") ?>
<?cs if:!Refusal.Code ?><?cs call:error_summary() ?><?cs /if ?>
<?cs call:import_refusal() ?>
<?cs if:subcount(Errors) && !Error.file && !Refusal.Code ?><p class="notice notice-warn">Nothing was uploaded: choose the file once more, a browser does not keep it.</p><?cs /if ?>
<form method="post" action="/imports/new" enctype="multipart/form-data" class="wizard" data-import-new>
<?cs call:csrf() ?>
<section aria-labelledby="file-title">
<h2 id="file-title">The file</h2>
<div class="drop" data-drop>
<label class="form-label" for="file">Contact file (CSV)</label>
<input class="form-control"<?cs if:Error.file ?> aria-invalid="true"<?cs /if ?> type="file" id="file" name="file" required accept=".csv,.txt,.tsv,text/csv,text/plain,text/tab-separated-values" data-limit="<?cs var:SizeLimitBytes ?>" aria-describedby="file-help<?cs if:Error.file ?> file-error<?cs /if ?>">
<p class="form-text mb-0" id="file-help">A text file with a row for each contact: .csv, .tsv or .txt, with commas, semicolons, tabs or pipes between the values. At most <?cs var:SizeLimit ?> and <?cs var:RowLimit ?> rows. From a spreadsheet: <em>Save as</em>, <em>CSV UTF-8</em>.<span data-drop-hint hidden> You can also drop the file here.</span></p>
<?cs call:field_error("file") ?>
<p class="mb-0 mt-2" data-file-said role="status"></p>
</div>
</section>

<fieldset class="mt-4"<?cs if:Error.format ?> aria-describedby="format-error"<?cs /if ?>>
<legend class="h2-like">The format</legend>
<?cs call:field_error("format") ?>
<div class="choices" id="format">
<div class="card-choice">
<input class="form-check-input" type="radio" name="format" id="format-auto" value=""<?cs if:Format == "" ?> checked<?cs /if ?>>
<label for="format-auto"><strong>Recognise by the header</strong>
<span class="d-block">Rubrica looks at the first row and tells on the next page what it found.</span></label>
</div>
<?cs each:f = Formats ?>
<div class="card-choice">
<input class="form-check-input" type="radio" name="format" id="format-<?cs var:f.Key ?>" value="<?cs var:f.Key ?>"<?cs if:f.Chosen ?> checked<?cs /if ?> data-format-label="<?cs var:f.Label ?>" data-dollar="<?cs var:f.Dollar ?>" data-marks="<?cs each:m = f.Marks ?>|<?cs var:m.Text ?><?cs /each ?>">
<label for="format-<?cs var:f.Key ?>"><strong><?cs var:f.Label ?></strong>
<span class="d-block"><?cs var:f.Line ?><?cs if:f.CountryRequired ?> Asks for a country and a segment.<?cs /if ?></span></label>
<a class="card-sample" href="/imports/sample.csv?format=<?cs escape:"url" ?><?cs var:f.Key ?><?cs /escape ?>" download>Sample file<span class="visually-hidden"> for <?cs var:f.Label ?></span></a>
</div>
<?cs /each ?>
</div>
</fieldset>

<fieldset class="mt-4">
<legend class="h2-like">Options</legend>
<div class="row g-3">
<div class="col-md-6" data-formats="<?cs var:Only.Country ?>">
<label class="form-label" for="country">Country of numbers without a country code</label>
<select class="form-select"<?cs if:Error.country ?> aria-invalid="true"<?cs /if ?> name="country" id="country" autocomplete="off" aria-describedby="country-help<?cs if:Error.country ?> country-error<?cs /if ?>">
<option value=""><?cs if:BookCountry ?>As the format says, else <?cs var:BookCountry ?><?cs else ?>As the format says<?cs /if ?></option>
<?cs each:c = Countries ?><option value="<?cs var:c.Value ?>"<?cs if:c.Chosen ?> selected<?cs /if ?>><?cs var:c.Label ?></option>
<?cs /each ?></select>
<p class="form-text mb-0" id="country-help">Numbers that begin with + keep their own. Meta Humans files need it.</p>
<?cs call:field_error("country") ?>
</div>
<div class="col-md-6" data-formats="<?cs var:Only.People ?>">
<label class="form-label" for="segment">Segment for these contacts</label>
<input class="form-control"<?cs if:Error.segment ?> aria-invalid="true"<?cs /if ?> type="text" name="segment" id="segment" value="<?cs var:Segment ?>" maxlength="128" list="segments" autocomplete="off" dir="auto" aria-describedby="segment-help<?cs if:Error.segment ?> segment-error<?cs /if ?>">
<datalist id="segments"><?cs each:s = Segments ?><option value="<?cs var:s.Name ?>"></option><?cs /each ?></datalist>
<p class="form-text mb-0" id="segment-help">A name of your choice. Afterwards you find the file's contacts under it. Meta Humans files need it.</p>
<?cs call:field_error("segment") ?>
</div>
<div class="col-md-6" data-formats="<?cs var:Only.Channel ?>">
<label class="form-label" for="channel">Channel</label>
<select class="form-select"<?cs if:Error.channel ?> aria-invalid="true"<?cs /if ?> name="channel" id="channel" aria-describedby="channel-help<?cs if:Error.channel ?> channel-error<?cs /if ?>"><option value="whatsapp" selected>WhatsApp</option></select>
<p class="form-text mb-0" id="channel-help">Where Meta Humans files are for. WhatsApp is the only one.</p>
<?cs call:field_error("channel") ?>
</div>
<div class="col-md-6" data-formats="<?cs var:Only.People ?>">
<label class="form-label" for="tags">Tags for all contacts of the file</label>
<input class="form-control"<?cs if:Error.tags ?> aria-invalid="true"<?cs /if ?> type="text" name="tags" id="tags" value="<?cs var:Tags ?>" autocomplete="off" dir="auto" aria-describedby="tags-help<?cs if:Error.tags ?> tags-error<?cs /if ?>">
<p class="form-text mb-0" id="tags-help">Several with | between: Fair 2026 | Newsletter</p>
<?cs call:field_error("tags") ?>
</div>
</div>
<div class="mt-3" data-formats="<?cs var:Only.Header ?>">
<p class="mb-1">isendu files:</p>
<div class="form-check">
<input class="form-check-input" type="checkbox" name="header" id="header" value="1"<?cs if:HeaderBox ?> checked<?cs /if ?>>
<label class="form-check-label" for="header">File includes column header <span class="text-muted">(off: the first line is a contact, and the columns are called A, B, C …)</span></label>
</div>
<div class="form-check">
<input class="form-check-input" type="checkbox" name="house_number" id="house_number" value="1"<?cs if:HouseNumberBox ?> checked<?cs /if ?>>
<label class="form-check-label" for="house_number">House number is part of the address <span class="text-muted">(“Via Roma 12/B” is kept as street and number)</span></label>
</div>
<div class="form-check">
<input class="form-check-input" type="checkbox" name="last_mapping" id="last_mapping" value="1"<?cs if:LastMappingBox ?> checked<?cs /if ?>>
<label class="form-check-label" for="last_mapping">Use the last configured mapping <span class="text-muted">(your last choice of columns; two clicks and the import runs)</span></label>
</div>
</div>
</fieldset>

<details class="mt-4 rules"<?cs if:RulesOpen ?> open<?cs /if ?>>
<summary>Rules <span class="text-muted">(how strictly the file is read: each format has its own, and you can change them for this import)</span></summary>
<div class="row g-3 mt-1">
<?cs each:r = Rules ?>
<div class="col-md-6">
<label class="form-label" for="<?cs var:r.Input ?>"><?cs var:r.Label ?></label>
<?cs if:subcount(r.Values) > #0 ?>
<select class="form-select" name="<?cs var:r.Input ?>" id="<?cs var:r.Input ?>" autocomplete="off" aria-describedby="<?cs var:r.Input ?>-help">
<option value="">As the format has it</option>
<?cs each:v = r.Values ?><option value="<?cs var:v.Value ?>"<?cs if:v.Chosen ?> selected<?cs /if ?>><?cs var:v.Label ?></option><?cs /each ?>
</select>
<?cs else ?>
<input class="form-control" type="text" name="<?cs var:r.Input ?>" id="<?cs var:r.Input ?>" value="<?cs var:r.Value ?>" placeholder="As the format has it" autocomplete="off" aria-describedby="<?cs var:r.Input ?>-help">
<?cs /if ?>
<?cs call:field_error(r.Input) ?>
<p class="form-text mb-0" id="<?cs var:r.Input ?>-help"><?cs var:r.Help ?> Without a change: <?cs each:d = r.Defaults ?><span data-default-of="<?cs var:d.Format ?>"><?cs var:d.Label ?>: <?cs var:d.Value ?>. </span><?cs /each ?></p>
</div>
<?cs /each ?>
</div>
</details>

<div class="wizard-actions">
<button class="btn btn-primary" type="submit">Next: columns</button>
<a class="btn btn-link" href="/imports">Cancel</a>
</div>
<p class="form-text">Nothing is imported yet: you see every column and the first rows before you decide.</p>
</form>
<?cs include!"_foot.cs" ?>
