<?cs set:Title = "Delete contact" ?><?cs include!"_head.cs" ?>
<?cs call:crumb("/contacts/" + Id, Name) ?>
<?cs call:page_title(Title, "") ?>
<p>Move <strong><bdi><?cs var:Name ?></bdi></strong> to the trash?</p>
<p class="hint">The contact leaves all lists, tags and segments. It can be restored from the <a href="/trash">trash</a>, with its tags and segments<?cs if:Days ?>, for <?cs if:Days == #1 ?>one day<?cs else ?><?cs var:Days ?> days<?cs /if ?>; then it goes for good<?cs /if ?>. Until then nobody else can have its number.</p>
<form method="post" action="/contacts/<?cs var:Id ?>/delete"><?cs call:csrf() ?>
<div class="actions"><button class="btn btn-danger" type="submit">Move <bdi><?cs var:Name ?></bdi> to the trash</button>
<a class="btn btn-outline-secondary" href="/contacts/<?cs var:Id ?>">Keep it</a></div>
</form>
<?cs include!"_foot.cs" ?>
