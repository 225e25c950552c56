<?cs set:Title = "List of suppressions" ?><?cs include!"_head.cs" ?>
<?cs call:crumb("/privacy", "Privacy") ?>
<?cs call:page_title(Title, Count) ?>
<?cs call:error_summary() ?>
<p class="intro">People who are not to come into the book by a file: those who were erased, and those who opted out and are not in it. The list has no number and no address, only hashes of them: it can be asked for one, but not read. A row of a file about such a person is skipped (<code>suppressed</code>), unless it proves a newer consent.</p>
<form class="narrow" method="post" action="/suppressions"><?cs call:csrf() ?>
<fieldset class="panel">
<legend>A number or an address</legend><?cs
call:text_field("key", "Phone number or e-mail address", "text", Key, "off", "In any spelling. A look-up is in the audit log, without the number or address.") ?>
<div class="actions">
<button class="btn btn-primary" type="submit" name="act" value="look">Look it up</button>
<button class="btn btn-outline-secondary" type="submit" name="act" value="add">Opt it out</button>
</div>
<p class="form-text mb-0">“Opt it out” does what a row of a list of opt-outs does: contacts of the book who have it are opted out; if there are none, it goes on this list. <a href="/imports/new?format=optout">Import a whole list</a></p>
</fieldset>
</form>
<?cs if:Found.Key ?>
<section class="panel narrow" aria-labelledby="found-title">
<h2 class="h2-like mt-0" id="found-title"><bdi><?cs var:Found.Key ?></bdi></h2>
<?cs if:Found.Listed ?><p><strong>Is on the list.</strong> <?cs var:Found.Reason ?>, <?cs var:Found.Origin ?>. Only a consent that is later than <?cs call:time_exact(Found.At) ?> (UTC) counts.</p>
<?cs else ?><p><strong>Is not on the list.</strong></p><?cs /if ?>
<?cs if:subcount(Found.People) > #0 ?><p class="mb-1">In the book it is of:</p>
<ul><?cs each:p = Found.People ?><li><a href="/contacts/<?cs var:p.Id ?>"><bdi><?cs if:p.Name ?><?cs var:p.Name ?><?cs else ?>Contact <?cs var:p.Id ?><?cs /if ?></bdi></a><?cs if:p.Trashed ?>, in the trash<?cs /if ?>: <?cs if:p.Out ?>opted out<?cs else ?>not opted out<?cs /if ?></li><?cs /each ?></ul>
<?cs else ?><p>Nobody in the book has it.</p><?cs /if ?>
<?cs if:Found.Listed ?>
<form method="post" action="/suppressions"><?cs call:csrf() ?>
<input type="hidden" name="key" value="<?cs var:Key ?>"><?cs
call:text_field("reason", "Why it leaves the list", "text", Reason, "off", "The audit log keeps this. Write no personal data here.") ?>
<button class="btn btn-outline-danger" type="submit" name="act" value="lift">Take it off the list</button>
</form>
<?cs /if ?>
</section>
<?cs /if ?>
<?cs if:subcount(Counts) > #0 ?>
<div class="table-place" role="region" aria-label="What is on the list" tabindex="0">
<table class="table cards">
<caption class="visually-hidden">Keys on the list by reason</caption>
<thead><tr><th scope="col">Why</th><th scope="col">How they came there</th><th scope="col" class="amount">Numbers, addresses and ids</th><th scope="col">The last one of</th></tr></thead>
<tbody><?cs each:c = Counts ?>
<tr><th scope="row" data-label="Why"><?cs var:c.Reason ?></th><td data-label="How"><?cs var:c.Origin ?></td><td data-label="Keys" class="amount"><?cs var:c.Keys ?></td><td data-label="The last one of"><?cs call:time_exact(c.Last) ?></td></tr><?cs /each ?>
</tbody>
</table>
</div>
<?cs else ?><p class="hint">The list is empty.</p><?cs /if ?>
<?cs include!"_foot.cs" ?>
