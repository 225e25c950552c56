<?cs set:Title = "Export contacts" ?><?cs set:Style = "contacts" ?><?cs include!"_head.cs" ?>
<?cs call:crumb(Back, "Contacts") ?>
<?cs call:page_title("Export contacts", "") ?><?cs if:None ?>
<?cs call:empty_state("There is no contact to export: none has all of the conditions.") ?>
<a class="btn btn-primary" href="<?cs var:url_validate(Back) ?>">Back to the list</a><?cs call:empty_state_end() ?><?cs else ?>
<p><?cs var:Total ?> <?cs if:One ?>contact<?cs else ?>contacts<?cs /if ?><?cs if:Filtered ?> with the conditions of the list<?cs /if ?>, in the order of the list. Each export is noted in the audit log.</p>
<form class="export-form" method="get" action="/contacts/export.csv"><?cs each:one = Kept ?><input type="hidden" name="<?cs var:one.Name ?>" value="<?cs var:one.Value ?>"><?cs /each ?>
<fieldset class="panel">
<legend>Columns</legend>
<div class="form-check"><input class="form-check-input" id="columns-import" name="columns" type="radio" value="" checked aria-describedby="columns-import-help"><label class="form-check-label" for="columns-import">All that an import takes</label>
<div class="form-text" id="columns-import-help">Every field, tags and attributes. Import the file again as Generic, and nothing changes.</div></div>
<div class="form-check"><input class="form-check-input" id="columns-list" name="columns" type="radio" value="<?cs var:ColumnKeys ?>" aria-describedby="columns-list-help"><label class="form-check-label" for="columns-list">Those of the list</label>
<div class="form-text" id="columns-list-help"><bdi><?cs var:ColumnLabels ?></bdi></div></div>
<div class="form-check"><input class="form-check-input" id="columns-all" name="columns" type="radio" value="all" aria-describedby="columns-all-help"><label class="form-check-label" for="columns-all">All columns</label>
<div class="form-text" id="columns-all-help">Also Status, Last Active, Created At and Updated At, which the book keeps itself.</div></div>
</fieldset>
<fieldset class="panel">
<legend>CSV</legend>
<div class="fields">
<div class="field"><label class="form-label" for="delimiter">Between the cells</label>
<select class="form-select" id="delimiter" name="delimiter" aria-describedby="delimiter-help"><option value="comma">Comma</option><option value="semicolon">Semicolon</option></select>
<div class="form-text" id="delimiter-help">Excel expects a semicolon where a comma stands in decimal numbers.</div></div>
<div class="field"><label class="form-label" for="bom">Encoding</label>
<select class="form-select" id="bom" name="bom" aria-describedby="bom-help"><option value="true">UTF-8 with BOM</option><option value="false">UTF-8 without BOM</option></select>
<div class="form-text" id="bom-help">Excel needs the BOM to read letters with accents; other programs may not want it.</div></div>
</div>
<button class="btn btn-primary" type="submit">Download CSV</button>
</fieldset>
<fieldset class="panel">
<legend>XLSX</legend><?cs if:TooMany ?>
<p>A sheet holds <?cs var:SheetRows ?> contacts, and these are more. Filter the list first, or take CSV.</p><?cs else ?>
<p>For Excel, LibreOffice and Google Sheets. Phone numbers stay text; numbers and dates are numbers and dates. A large file takes a moment before it begins.</p>
<button class="btn btn-primary" type="submit" formaction="/contacts/export.xlsx">Download XLSX</button><?cs /if ?>
</fieldset>
</form><?cs /if ?>
<?cs include!"_foot.cs" ?>
