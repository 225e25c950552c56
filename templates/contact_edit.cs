<?cs set:Title = "Edit contact" ?><?cs set:Wide = "1" ?><?cs set:Style = "contacts" ?><?cs include!"_head.cs" ?>
<?cs call:page_title(Title, "") ?>
<p class="hint"><a href="/contacts/<?cs var:Id ?>"><bdi><?cs var:Name ?></bdi></a></p>
<?cs call:error_summary() ?>
<form method="post" action="/contacts/<?cs var:Id ?>/edit"><?cs call:csrf() ?>
<input type="hidden" name="version" value="<?cs var:Version ?>"><?cs if:subcount(Conflicts) ?>
<div class="notice notice-warn" role="alert">
<p class="notice-title">Somebody else changed the same contact meanwhile. Nothing of yours is saved yet.</p>
<p>What they changed elsewhere is in the form below. Choose for each of these:</p><?cs each:c = Conflicts ?>
<fieldset class="conflict">
<legend><bdi><?cs var:c.Label ?></bdi> <span class="soft">(was: <?cs if:c.Was ?><bdi><?cs var:c.Was ?></bdi><?cs else ?>empty<?cs /if ?>)</span></legend>
<div class="form-check"><input class="form-check-input" type="radio" required id="mine_<?cs var:c.Name ?>" name="keep_<?cs var:c.Name ?>" value="mine"><label class="form-check-label" for="mine_<?cs var:c.Name ?>">Yours, as it stands in the form: <?cs if:c.Wanted ?><strong><bdi><?cs var:c.Wanted ?></bdi></strong><?cs else ?>empty<?cs /if ?></label></div>
<div class="form-check"><input class="form-check-input" type="radio" required id="theirs_<?cs var:c.Name ?>" name="keep_<?cs var:c.Name ?>" value="theirs"><label class="form-check-label" for="theirs_<?cs var:c.Name ?>">Theirs: <?cs if:c.Now ?><strong><bdi><?cs var:c.Now ?></bdi></strong><?cs else ?>empty<?cs /if ?></label></div>
</fieldset><?cs /each ?>
</div><?cs /if ?>
<?cs include!"_contact_form.cs" ?>
<div class="actions"><button class="btn btn-primary" type="submit">Save the change</button>
<a class="btn btn-outline-secondary" href="/contacts/<?cs var:Id ?>">Cancel</a></div>
</form>
<?cs include!"_foot.cs" ?>
