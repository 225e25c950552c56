<?cs set:Title = "Merge contacts" ?><?cs set:Wide = "1" ?><?cs set:Style = "duplicates" ?><?cs include!"_head.cs" ?><?cs

def:merge_person(person, what) ?>
<div class="merge-person">
<p class="merge-what"><?cs var:what ?></p>
<p class="merge-name"><a href="/contacts/<?cs var:person.Id ?>"><bdi><?cs var:person.Title ?></bdi></a></p>
<p class="soft"><?cs if:person.Phone ?><bdi><?cs var:person.Phone ?></bdi><br><?cs /if ?><?cs if:person.Email ?><bdi><?cs var:person.Email ?></bdi><br><?cs /if ?>Contact <?cs var:person.Id ?>, created <?cs call:time(person.CreatedAt) ?></p>
</div><?cs /def ?><?cs

def:merge_value(value) ?><?cs if:string.length(value) ?><bdi class="merge-text"><?cs var:value ?></bdi><?cs else ?><span class="soft">empty</span><?cs /if ?><?cs /def ?><?cs

def:merge_names(list, field, what) ?>
<fieldset class="panel">
<legend><?cs var:what ?></legend>
<p class="hint">Those that are ticked stay on the contact.</p>
<div class="merge-names"><?cs each:one = list ?>
<div class="form-check"><input class="form-check-input" type="checkbox" id="<?cs var:field ?>-<?cs var:one.N ?>" name="<?cs var:field ?>" value="<?cs var:one.Name ?>"<?cs if:one.Checked ?> checked<?cs /if ?>><label class="form-check-label" for="<?cs var:field ?>-<?cs var:one.N ?>"><bdi><?cs var:one.Name ?></bdi> <span class="soft">of <?cs var:one.Of ?></span></label></div><?cs /each ?>
</div>
</fieldset><?cs /def ?>
<?cs call:page_title(Title, "") ?><?cs if:Theirs.Id ?>
<p class="lead">Choose what stays of each. The other contact goes to the trash; everything can be taken back from the timeline.</p>
<?cs call:error_summary() ?><?cs if:MovedOn ?>
<div class="notice notice-warn" role="alert">
<p class="notice-title">One of the two contacts was changed meanwhile. Nothing is merged yet.</p>
<p>This is how both are now, with your choices so far. Look at them again, then merge.</p>
</div><?cs /if ?>
<form method="post" action="/contacts/<?cs var:Mine.Id ?>/merge"><?cs call:csrf() ?>
<input type="hidden" name="with" value="<?cs var:Theirs.Id ?>"><input type="hidden" name="version" value="<?cs var:Mine.Version ?>"><input type="hidden" name="with_version" value="<?cs var:Theirs.Version ?>">
<div class="merge-head"><?cs call:merge_person(Mine, "Stays") ?><?cs call:merge_person(Theirs, "Goes into it") ?></div>
<p><a href="/contacts/<?cs var:Theirs.Id ?>/merge?with=<?cs var:Mine.Id ?>">Keep the other one instead</a></p><?cs if:subcount(Rows) ?>
<section class="panel" aria-labelledby="differ">
<h2 id="differ">Where they differ</h2><?cs each:row = Rows ?>
<fieldset class="merge-row" id="<?cs var:row.Name ?>" tabindex="-1">
<legend><bdi><?cs var:row.Label ?></bdi></legend>
<div class="form-check"><input class="form-check-input" type="radio" id="<?cs var:row.Name ?>-this" name="<?cs var:row.Name ?>" value="this"<?cs if:!row.Other ?> checked<?cs /if ?>><label class="form-check-label" for="<?cs var:row.Name ?>-this"><?cs call:merge_value(row.Mine) ?></label></div>
<div class="form-check"><input class="form-check-input" type="radio" id="<?cs var:row.Name ?>-other" name="<?cs var:row.Name ?>" value="other"<?cs if:row.Other ?> checked<?cs /if ?>><label class="form-check-label" for="<?cs var:row.Name ?>-other"><?cs call:merge_value(row.Theirs) ?></label></div>
</fieldset><?cs /each ?>
</section><?cs /if ?><?cs if:subcount(Decided) ?>
<section class="panel" aria-labelledby="decided">
<h2 id="decided">Consent</h2>
<p class="hint">This is no choice: a no stands over a yes, unless the yes is known to be newer.</p>
<dl class="facts"><?cs each:row = Decided ?>
<div><dt><?cs var:row.Label ?></dt><dd><?cs if:row.Other ?><strong><?cs call:merge_value(row.Theirs) ?></strong> <span class="soft">stays; the contact that stays had</span> <?cs call:merge_value(row.Mine) ?><?cs else ?><strong><?cs call:merge_value(row.Mine) ?></strong> <span class="soft">stays; the other one had</span> <?cs call:merge_value(row.Theirs) ?><?cs /if ?></dd></div><?cs /each ?>
</dl>
</section><?cs /if ?><?cs if:subcount(Tags) ?><?cs call:merge_names(Tags, "tag", "Tags") ?><?cs /if ?><?cs if:subcount(Segments) ?><?cs call:merge_names(Segments, "segment", "Segments") ?><?cs /if ?><?cs if:subcount(Same) ?>
<details class="panel">
<summary>The same in both: <?cs var:subcount(Same) ?></summary>
<dl class="facts"><?cs each:row = Same ?>
<div><dt><bdi><?cs var:row.Label ?></bdi></dt><dd><bdi><?cs var:row.Mine ?></bdi></dd></div><?cs /each ?>
</dl>
</details><?cs /if ?>
<div class="actions"><button class="btn btn-primary" type="submit">Merge the two contacts</button>
<a class="btn btn-outline-secondary" href="/contacts/<?cs var:Mine.Id ?>">Keep both</a></div>
</form><?cs else ?>
<p class="lead">Which contact is the same person as <a href="/contacts/<?cs var:Mine.Id ?>"><bdi><?cs var:Mine.Title ?></bdi></a>?</p>
<?cs call:error_summary() ?>
<form class="search" method="get" action="/contacts/<?cs var:Mine.Id ?>/merge" role="search">
<label class="visually-hidden" for="q">Search by name, number or e-mail</label>
<input class="form-control" id="q" name="q" type="search" dir="auto" value="<?cs var:Q ?>" placeholder="Name, number or e-mail" autocomplete="off"<?cs if:Error.q ?> aria-invalid="true" aria-describedby="q-error"<?cs /if ?>>
<button class="btn btn-primary" type="submit">Search</button>
</form><?cs call:field_error("q") ?><?cs if:subcount(Found) ?>
<div class="table-place" role="region" aria-label="Contacts found" tabindex="0">
<table class="table cards">
<caption class="visually-hidden">Contacts found</caption>
<thead><tr><th scope="col">Name</th><th scope="col">Number</th><th scope="col">E-mail</th><th scope="col">City</th><th scope="col"><span class="visually-hidden">Compare</span></th></tr></thead>
<tbody><?cs each:c = Found ?>
<tr>
<th scope="row" data-label="Name"><a href="/contacts/<?cs var:c.Id ?>"><bdi><?cs var:c.Title ?></bdi></a></th>
<td data-label="Number" class="nowrap"><bdi><?cs var:c.Phone ?></bdi></td>
<td data-label="E-mail"><bdi><?cs var:c.Email ?></bdi></td>
<td data-label="City"><bdi><?cs var:c.City ?></bdi></td>
<td class="row-actions"><a href="/contacts/<?cs var:Mine.Id ?>/merge?with=<?cs var:c.Id ?>" aria-label="Compare with <?cs var:c.Title ?>">Compare</a></td>
</tr><?cs /each ?>
</tbody>
</table>
</div><?cs elif:string.length(Q) ?>
<?cs call:empty_state("No other contact was found. Try another part of the name, or the number.") ?><?cs call:empty_state_end() ?><?cs /if ?><?cs /if ?>
<?cs include!"_foot.cs" ?>
