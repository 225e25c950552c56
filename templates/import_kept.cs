<?cs set:Script = "import" ?><?cs set:Style = "import" ?><?cs include!"_head.cs" ?><?cs include!"_import.cs" ?>
<?cs call:crumb("/imports/" + Import.Id, Import.File) ?>
<?cs call:page_title(Title, Kept) ?>
<?cs if:subcount(Contacts) == #0 ?>
<?cs call:empty_state("Nothing was kept: everything went back.") ?><?cs call:empty_state_end() ?>
<?cs else ?>
<p>Somebody has changed these since, so they stay as they are. Change them by hand if they are to be otherwise. <a href="/imports/<?cs var:Import.Id ?>/kept.csv">Download the list</a> as a CSV file.</p>
<div class="table-place" role="region" aria-label="Contacts of which something was kept" tabindex="0">
<table class="table cards">
<caption class="visually-hidden">Contacts of which something was kept, and why</caption>
<thead><tr><th scope="col">Contact</th><th scope="col">What was kept, and why</th></tr></thead>
<tbody><?cs each:c = Contacts ?>
<tr>
<th scope="row" data-label="Contact"><?cs if:c.There ?><a href="/contacts/<?cs var:c.Contact ?>"><bdi><?cs if:c.Name ?><?cs var:c.Name ?><?cs else ?>contact <?cs var:c.Contact ?><?cs /if ?></bdi></a><?cs else ?>contact <?cs var:c.Contact ?><?cs /if ?></th>
<td data-label="Kept"><ul class="kept-lines"><?cs each:l = c.Lines ?><li><strong><?cs var:l.Field ?>:</strong> <bdi><?cs var:l.Reason ?></bdi></li><?cs /each ?></ul></td>
</tr><?cs /each ?>
</tbody>
</table>
</div>
<nav class="pager" aria-label="Pages">
<?cs if:Later ?><a class="btn btn-outline-secondary" href="/imports/<?cs var:Import.Id ?>/kept">First</a><?cs /if ?>
<?cs if:After ?><a class="btn btn-outline-secondary" rel="next" href="/imports/<?cs var:Import.Id ?>/kept?after=<?cs var:After ?>">Next</a><?cs /if ?>
</nav>
<?cs /if ?>
<?cs include!"_foot.cs" ?>
