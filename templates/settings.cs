<?cs set:Title = "Settings" ?><?cs include!"_head.cs" ?>
<?cs call:page_title(Title, "") ?>
<?cs call:error_summary() ?>
<form class="narrow" method="post" action="/settings"><?cs call:csrf() ?>
<fieldset class="panel">
<legend>The book</legend><?cs
call:text_field("name", "Name of the book", "text", Form.name, "off", "Stands at the top of every page.") ?><?cs
call:select_field("country", "Country of numbers without a country code", Countries, Form.country, "Imports and forms start with this country; each import can choose another one.") ?>
</fieldset>
<fieldset class="panel">
<legend>Limits of an import</legend><?cs
call:text_field("size_limit", "Largest file, in megabytes", "number", Form.size_limit, "off", "A larger file is refused before anything of it is kept. Formats with a lower limit keep theirs.") ?><?cs
call:text_field("row_limit", "Most rows in a file", "number", Form.row_limit, "off", "A file with more rows is refused as a whole.") ?>
</fieldset>
<fieldset class="panel">
<legend>The trash</legend><?cs
call:text_field("trash_days", "Days that a deleted contact is kept", "number", Form.trash_days, "off", "Then it goes for good. 0: it is kept until an admin empties the trash.") ?><?cs
call:select_field("trash_import", "When an import meets a contact in the trash", TrashImports, Form.trash_import, "Either way the import says so at the row.") ?>
</fieldset>
<fieldset class="panel">
<legend>WhatsApp</legend>
<p>Give Meta the address of this book with <code>/webhooks/whatsapp</code> for events. Messages, names and opt-outs then reach the book at once. <a href="/events">Events that nothing was done with</a></p><?cs
call:text_field("app_secret", "App secret", "password", "", "off", Help.app_secret) ?><?cs
call:text_field("verify_token", "Verify token", "password", "", "off", Help.verify_token) ?>
</fieldset>
<button class="btn btn-primary" type="submit">Save the settings</button>
</form>
<?cs include!"_foot.cs" ?>
