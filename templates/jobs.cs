<?cs set:Title = "Changes of many contacts" ?><?cs set:Style = "import" ?><?cs include!"_head.cs" ?>
<?cs call:crumb("/contacts", "Contacts") ?>
<?cs call:page_title(Title, "") ?><?cs if:subcount(Jobs) ?>
<div class="table-place" role="region" aria-label="Changes" tabindex="0">
<table class="table cards history">
<caption class="visually-hidden">Changes of many contacts, newest first</caption>
<thead><tr><th scope="col">What</th><th scope="col">When</th><th scope="col">Who</th><th scope="col">Status</th><th scope="col" class="amount">Contacts</th><th scope="col" class="amount">Changed</th><th scope="col" class="amount">Unchanged</th><th scope="col" class="amount">Kept</th></tr></thead>
<tbody><?cs each:job = Jobs ?>
<tr>
<th scope="row" data-label="What"><a href="/jobs/<?cs var:job.Id ?>"><bdi><?cs var:job.Words ?></bdi></a></th>
<td data-label="When"><?cs call:time(job.CreatedAt) ?></td>
<td data-label="Who"><bdi><?cs var:job.Member ?></bdi></td>
<td data-label="Status"><?cs call:badge(job.StateKind, job.StateText) ?><?cs if:job.State == "running" ?> <progress max="100" value="<?cs var:job.Percent ?>" aria-label="Progress"><?cs var:job.Percent ?> %</progress><?cs /if ?><?cs if:job.UndoneBy ?> <a class="soft" href="/jobs/<?cs var:job.UndoneBy ?>">undone</a><?cs /if ?></td>
<td data-label="Contacts" class="amount"><?cs var:job.Matched ?></td>
<td data-label="Changed" class="amount"><?cs var:job.Changed ?></td>
<td data-label="Unchanged" class="amount"><?cs var:job.Unchanged ?></td>
<td data-label="Kept" class="amount"><?cs var:job.Kept ?></td>
</tr><?cs /each ?>
</tbody>
</table>
</div><?cs call:pager(Pager.First, "", Pager.Next) ?><?cs else ?>
<?cs call:empty_state("Nothing has been changed in many contacts at once yet. Choose contacts in the list, or filter it, and change them together.") ?>
<a class="btn btn-primary" href="/contacts">Go to the contacts</a><?cs call:empty_state_end() ?><?cs /if ?>
<?cs include!"_foot.cs" ?>
