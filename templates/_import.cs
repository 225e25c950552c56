<?cs # Macros of the import's pages. ?>
<?cs # One step; `path` is where it can be gone back to, "" for nowhere. ?>
<?cs def:import_step(number, current, title, id, path) ?>
<li class="step<?cs if:number == current ?> step-current<?cs elif:number < current ?> step-done<?cs /if ?>"<?cs if:number == current ?> aria-current="step"<?cs /if ?>>
<span class="step-number" aria-hidden="true"><?cs var:number ?></span>
<?cs if:number < current && path ?><a href="/imports/<?cs var:id ?>/<?cs var:path ?>"><?cs var:title ?></a><?cs else ?><span><?cs var:title ?></span><?cs /if ?>
</li>
<?cs /def ?>
<?cs def:import_steps(current, id) ?>
<nav aria-label="Steps of the import" class="steps">
<ol>
<?cs call:import_step(#1, current, "File", id, "") ?>
<?cs call:import_step(#2, current, "Columns", id, "mapping") ?>
<?cs call:import_step(#3, current, "Check", id, "review") ?>
<?cs call:import_step(#4, current, "Import", id, "") ?>
</ol>
</nav>
<?cs /def ?>
<?cs # A file that cannot be taken as a whole, and the ways on. ?>
<?cs def:import_refusal() ?><?cs if:Refusal.Code ?>
<div class="notice notice-bad" role="alert">
<h2><?cs var:Refusal.Title ?></h2>
<p><?cs var:Refusal.Message ?></p>
<?cs if:subcount(Refusal.Way) > #0 ?>
<p class="mb-1">What you can do:</p>
<ul class="mb-1"><?cs each:way = Refusal.Way ?><li><?cs var:way.Text ?></li><?cs /each ?></ul>
<?cs /if ?>
<p class="mb-0 small">Nothing of the file was imported. Code: <code><?cs var:Refusal.Code ?></code></p>
</div>
<?cs /if ?><?cs /def ?>
<?cs # A number that leads to its rows; outcome "" for all of them. ?>
<?cs def:import_number(im, count, outcome, label) ?><?cs set:rows_there = count.Number > #0 && !im.FileDeletedAt ?>
<div class="number"><?cs if:rows_there ?><a href="/imports/<?cs var:im.Id ?>/rows<?cs if:outcome ?>?outcome=<?cs escape:"url" ?><?cs var:outcome ?><?cs /escape ?><?cs /if ?>"><?cs /if ?><span class="number-value"><?cs var:count ?></span> <span class="number-label"><?cs var:label ?></span><?cs if:rows_there ?></a><?cs /if ?></div>
<?cs /def ?>
<?cs # "3 × Phone missing", with its rows while the file is there. ?>
<?cs def:problem_link(im, p) ?><?cs if:!im.FileDeletedAt ?><a href="/imports/<?cs var:im.Id ?>/rows?code=<?cs escape:"url" ?><?cs var:p.Code ?><?cs /escape ?>"><?cs /if ?><?cs var:p.Count ?> × <?cs var:p.Title ?><?cs if:!im.FileDeletedAt ?></a><?cs /if ?><?cs /def ?>
<?cs # The same on the review page, whose own table shows the rows. ?>
<?cs def:review_number(im, count, outcome, label) ?>
<div class="number"><?cs if:count.Number > #0 ?><a href="/imports/<?cs var:im.Id ?>/review?outcome=<?cs escape:"url" ?><?cs var:outcome ?><?cs /escape ?>#rows"><?cs /if ?><span class="number-value"><?cs var:count ?></span> <span class="number-label"><?cs var:label ?></span><?cs if:count.Number > #0 ?></a><?cs /if ?></div>
<?cs /def ?>
<?cs def:review_numbers() ?>
<div class="numbers">
<?cs call:review_number(Import, Import.Read, "all", "rows read") ?>
<?cs call:review_number(Import, Import.Created, "created", "new") ?>
<?cs call:review_number(Import, Import.Updated, "updated", "updated") ?>
<?cs call:review_number(Import, Import.Unchanged, "unchanged", "unchanged") ?>
<?cs call:review_number(Import, Import.Skipped, "skipped", "skipped") ?>
<?cs call:review_number(Import, Import.Rejected, "rejected", "in error") ?>
</div>
<?cs /def ?>
<?cs def:review_next() ?>Next: <?cs if:Import.OptOut ?>confirm<?cs else ?>consent<?cs /if ?><?cs /def ?>
<?cs def:fix_value(text) ?>“<bdi><?cs if:string.length(text) ?><?cs var:text ?><?cs else ?>empty<?cs /if ?></bdi>”<?cs /def ?>
<?cs # The corrections of a file; `edit` has a way back for each. ?>
<?cs def:import_fixes(edit) ?>
<ul class="fixes"><?cs each:f = Fixes ?>
<li><span class="fix-words"><?cs if:f.Out ?>Row <?cs var:f.Row ?> is left out<?cs elif:f.Value ?><bdi><?cs var:f.Column ?></bdi>: <?cs call:fix_value(f.Old) ?> becomes <?cs call:fix_value(f.New) ?> everywhere<?cs if:f.Counted ?> (<?cs var:f.Cells ?> <?cs if:f.Cells == "1" ?>cell<?cs else ?>cells<?cs /if ?>)<?cs /if ?><?cs else ?>Row <?cs var:f.Row ?>, <bdi><?cs var:f.Column ?></bdi>: <?cs call:fix_value(f.Old) ?> becomes <?cs call:fix_value(f.New) ?><?cs /if ?></span>
<span class="hint"><?cs if:f.Recalled ?>remembered from an earlier file<?cs else ?><?cs if:f.Member ?><bdi><?cs var:f.Member ?></bdi>, <?cs /if ?><?cs call:time(f.At) ?><?cs if:f.Remembered ?>, remembered for next files<?cs /if ?><?cs /if ?></span>
<?cs if:edit ?><form method="post" action="/imports/<?cs var:Import.Id ?>/review"><?cs call:csrf() ?><input type="hidden" name="number" value="<?cs var:f.Number ?>"><button class="btn btn-sm btn-outline-secondary" type="submit" name="act" value="back">Take back<span class="visually-hidden"> correction <?cs var:f.Number ?></span></button><?cs if:f.Remembered ?> <button class="btn btn-sm btn-link" type="submit" name="act" value="forget">Take back and forget<span class="visually-hidden"> correction <?cs var:f.Number ?></span></button><?cs /if ?></form><?cs /if ?></li><?cs /each ?>
</ul>
<?cs if:FixesMore ?><p class="hint">and <?cs var:FixesMore ?> more</p><?cs /if ?>
<?cs /def ?>
<?cs # What a list of opt-outs came to. ?>
<?cs def:optouts_said(n) ?><?cs if:n.Contacts.Number == #0 && n.Keys.Number == #0 && n.Emails.Number == #0 ?>Everybody on this list was opted out already.<?cs else ?><?cs var:n.Contacts ?> <?cs if:n.Contacts.Number == #1 ?>contact<?cs else ?>contacts<?cs /if ?> opted out of WhatsApp<?cs if:n.Emails.Number > #0 ?>, <?cs var:n.Emails ?> out of e-mails<?cs /if ?>; <?cs var:n.Keys ?> <?cs if:n.Keys.Number == #1 ?>number or address that nobody has is<?cs else ?>numbers and addresses that nobody has are<?cs /if ?> kept out of later files.<?cs /if ?><?cs /def ?>
