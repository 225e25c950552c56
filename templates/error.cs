<?cs set:Title = Problem.Title ?><?cs include!"_head.cs" ?>
<div class="error-page">
<?cs call:page_title(Title, "") ?>
<p class="lead"><?cs var:Problem.Text ?></p>
<p><a class="btn btn-primary" href="<?cs var:url_validate(Problem.WayPath) ?>"><?cs var:Problem.Way ?></a></p>
<p class="hint">Reference number <code><?cs var:Problem.Reference ?></code> (status <?cs var:Problem.Code ?>)</p>
</div>
<?cs include!"_foot.cs" ?>
