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
<?cs def:import_number(im, count, outcome, label) ?>
<div class="number"><?cs if:count.Number > #0 ?><a href="/imports/<?cs var:im.Id ?>/rows<?cs if:outcome ?>?outcome=<?cs escape:"url" ?><?cs var:outcome ?><?cs /escape ?><?cs /if ?>"><?cs /if ?><span class="number-value"><?cs var:count ?></span> <span class="number-label"><?cs var:label ?></span><?cs if:count.Number > #0 ?></a><?cs /if ?></div>
<?cs /def ?>
