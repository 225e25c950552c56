<?cs set:Title = "Edit contact" ?><?cs set:Wide = "1" ?><?cs set:Style = "contacts" ?><?cs set:Script = "contact" ?><?cs include!"_head.cs" ?>
<?cs if:!Gone ?><?cs call:crumb("/contacts/" + Id, Name) ?>
<?cs /if ?><?cs call:page_title(Title, "") ?>
<?cs if:Gone ?>
<div class="notice notice-bad" role="alert">
<p class="notice-title">This contact was deleted for good meanwhile, so the change could not be saved.</p>
<p>What you typed is still in the form below. It can become a new contact.</p>
</div>
<form method="post" action="/contacts/new"><?cs call:csrf() ?><?cs else ?>
<?cs call:error_summary() ?>
<form method="post" action="/contacts/<?cs var:Id ?>/edit"><?cs call:csrf() ?>
<input type="hidden" name="version" value="<?cs var:Version ?>"><?cs if:TrashedAt ?>
<div class="notice notice-warn" role="alert">
<p class="notice-title">This contact was moved to the trash meanwhile, so the change is not saved yet.</p>
<p><?cs if:TrashedBy ?><bdi><?cs var:TrashedBy ?></bdi> did it <?cs else ?>That was <?cs /if ?><?cs call:time(TrashedAt) ?>. What you typed is still in the form below.</p>
</div><?cs /if ?><?cs if:subcount(Conflicts) ?><input type="hidden" name="base" value="<?cs var:Base ?>">
<div class="notice notice-warn" role="alert">
<p class="notice-title">Somebody else changed the same contact meanwhile. Nothing of yours is saved yet.</p>
<p>What they changed elsewhere is in the form below. Choose for each of these:</p><?cs each:c = Conflicts ?>
<fieldset class="conflict"><input type="hidden" name="asked" value="<?cs var:c.Name ?>">
<legend><bdi><?cs var:c.Label ?></bdi> <span class="soft">(was: <?cs if:string.length(c.Was) ?><bdi><?cs var:c.Was ?></bdi><?cs else ?>empty<?cs /if ?>)</span></legend>
<div class="form-check"><input class="form-check-input" type="radio" required id="mine_<?cs var:c.Name ?>" name="keep_<?cs var:c.Name ?>" value="mine"><label class="form-check-label" for="mine_<?cs var:c.Name ?>">Yours, as it stands in the form: <?cs if:string.length(c.Wanted) ?><strong><bdi><?cs var:c.Wanted ?></bdi></strong><?cs else ?>empty<?cs /if ?></label></div>
<div class="form-check"><input class="form-check-input" type="radio" required id="theirs_<?cs var:c.Name ?>" name="keep_<?cs var:c.Name ?>" value="theirs"><label class="form-check-label" for="theirs_<?cs var:c.Name ?>">Theirs: <?cs if:string.length(c.Now) ?><strong><bdi><?cs var:c.Now ?></bdi></strong><?cs else ?>empty<?cs /if ?></label></div>
</fieldset><?cs /each ?>
</div><?cs /if ?><?cs /if ?>
<?cs include!"_contact_form.cs" ?><?cs if:OptedOut && !Gone ?>
<?cs call:checkbox("confirm_optin", "This person opted out of WhatsApp messages, and has opted in again.", "", "Only needed when you change the answer above to yes or unknown, and no newer moment of consent stands there.") ?><?cs /if ?>
<div class="actions"><?cs if:Gone ?><button class="btn btn-primary" type="submit">Add it as a new contact</button>
<a class="btn btn-outline-secondary" href="/contacts">Leave it</a></div><?cs elif:TrashedAt ?><button class="btn btn-primary" type="submit" name="restore" value="1">Restore the contact and save</button>
<a class="btn btn-outline-secondary" href="/contacts/<?cs var:Id ?>">Leave it in the trash</a></div><?cs else ?><button class="btn btn-primary" type="submit">Save the change</button>
<a class="btn btn-outline-secondary" href="/contacts/<?cs var:Id ?>">Cancel</a></div><?cs /if ?>
</form>
<?cs include!"_foot.cs" ?>
