<?cs set:Title = "Erase a person" ?><?cs set:Style = "contacts" ?><?cs include!"_head.cs" ?>
<?cs call:crumb("/privacy", "Privacy") ?>
<?cs call:page_title(Title, "") ?><?cs call:error_summary() ?><?cs if:Person.Id ?>
<p>Erase <strong><bdi><?cs var:Person.Name ?></bdi></strong> (contact <?cs var:Person.Id ?>) for good?</p>
<div class="numbers"><?cs each:one = Person.Counts ?><?cs call:number(one.Label, one.Count, "") ?><?cs /each ?></div><?cs else ?>
<p>Erase <strong><bdi><?cs var:Value ?></bdi></strong>, which no contact has, from all files?</p><?cs /if ?>
<ul><?cs if:Person.Id ?>
<li>The contact goes, and those that were merged into it, with earlier versions, messages, consents, tags and places in segments and campaigns.</li><?cs /if ?>
<li>The person's cells in kept files and in findings about rows are overwritten. Imports that are under way are done first.</li>
<li>Keyed hashes of the numbers, addresses and ids stay, so that no later file brings the person back without a newer consent.</li>
<li>The audit log keeps that an erasure took place, and nothing of the person.</li>
</ul>
<p>This cannot be undone.<?cs if:Person.Id ?> If the person wants a copy, <a href="/privacy/<?cs var:Person.Id ?>/data.json">download the data</a> first.<?cs /if ?></p>
<form method="post" action="/privacy/erase"><?cs call:csrf() ?><input type="hidden" name="by" value="<?cs var:By ?>"><input type="hidden" name="value" value="<?cs var:Value ?>">
<?cs call:checkbox("sure", "I have made sure that this is the right person.", "", "") ?>
<div class="actions"><button class="btn btn-danger" type="submit">Erase<?cs if:Person.Id ?> <bdi><?cs var:Person.Name ?></bdi><?cs /if ?> for good</button>
<a class="btn btn-outline-secondary" href="<?cs if:Person.Id ?>/privacy/<?cs var:Person.Id ?><?cs else ?>/privacy<?cs /if ?>">Keep</a></div>
</form>
<?cs include!"_foot.cs" ?>
