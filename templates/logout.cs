<?cs set:Title = "Log out" ?><?cs include!"_head.cs" ?>
<?cs call:page_title(Title, "") ?>
<p>You are logged in as <bdi><?cs var:Member.Name ?></bdi> (<?cs var:Member.Email ?>).</p>
<form method="post" action="/logout"><?cs call:csrf() ?>
<button class="btn btn-primary" type="submit">Log out</button>
<a class="btn btn-outline-secondary" href="/">Stay</a>
</form>
<?cs include!"_foot.cs" ?>
