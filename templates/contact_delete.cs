<?cs set:Title = "Delete contact" ?><?cs include!"_head.cs" ?>
<?cs call:page_title(Title, "") ?>
<p>Delete <strong><bdi><?cs var:Name ?></bdi></strong> from the book?</p>
<p class="hint">The contact leaves all lists, tags and segments. What it was is kept in the log of changes; imports that brought it keep their own record.</p>
<form method="post" action="/contacts/<?cs var:Id ?>/delete"><?cs call:csrf() ?>
<div class="actions"><button class="btn btn-danger" type="submit">Delete <bdi><?cs var:Name ?></bdi></button>
<a class="btn btn-outline-secondary" href="/contacts/<?cs var:Id ?>">Keep it</a></div>
</form>
<?cs include!"_foot.cs" ?>
