<?cs set:Title = "New contact" ?><?cs set:Wide = "1" ?><?cs set:Style = "contacts" ?><?cs set:Script = "contact" ?><?cs include!"_head.cs" ?>
<?cs call:page_title(Title, "") ?>
<p class="hint">A contact needs one of: phone, e-mail, user ID, WhatsApp user id.</p>
<?cs call:error_summary() ?>
<form method="post" action="/contacts/new"><?cs call:csrf() ?>
<?cs include!"_contact_form.cs" ?>
<div class="actions"><button class="btn btn-primary" type="submit">Add the contact</button>
<a class="btn btn-outline-secondary" href="/contacts">Cancel</a></div>
</form>
<?cs include!"_foot.cs" ?>
