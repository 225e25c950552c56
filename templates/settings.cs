<?cs set:Title = "Settings" ?><?cs include!"_head.cs" ?>
<?cs # What a rule did last, and what it is about to do. ?>
<?cs def:retention_said(rule) ?><?cs if:rule.Due || rule.LastAt ?>
<p class="hint"><?cs if:rule.Due ?>Due now: <?cs if:rule.More ?>more than <?cs /if ?><?cs var:rule.Due ?>. <?cs /if ?><?cs if:rule.LastAt ?>Last deleted: <?cs var:rule.LastDeleted ?>, <?cs call:time(rule.LastAt) ?>.<?cs /if ?></p><?cs /if ?><?cs /def ?>
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
<fieldset class="panel" id="retention">
<legend>Retention</legend>
<p>What reaches these ages is deleted for good, some seconds after you save. 0 keeps it for ever, which is how messages are kept at first. The audit log says how much was deleted and when, never what.</p><?cs
call:text_field("files_days", "Days that the file of an import is kept", "number", Form.files_days, "off", "Counted from the end of the import. The file and the values of its rows go; the import, its numbers, its proof of consent and its undo stay.") ?><?cs
call:retention_said(Retention.files) ?><?cs
call:text_field("uploads_days", "Days that an upload waits to be started", "number", Form.uploads_days, "off", "Then it is cancelled, and its file is deleted.") ?><?cs
call:retention_said(Retention.uploads) ?><?cs
call:text_field("messages_days", "Days that messages are kept", "number", Form.messages_days, "off", "Counted from when they were sent. Contacts keep all their fields, their last activity too.") ?><?cs
call:retention_said(Retention.messages) ?><?cs
call:text_field("events_days", "Days that WhatsApp events are kept that nothing was done with", "number", Form.events_days, "off", "Longer than Meta sends an event again (a week).") ?><?cs
call:retention_said(Retention.events) ?><?cs
call:text_field("hooks_days", "Days that the log of outgoing webhooks is kept", "number", Form.hooks_days, "off", "With what was sent and answered. What still waits to be sent stays.") ?>
<p class="form-text mb-0">Who was erased or opted out stays on the <a href="/suppressions">list of suppressions</a>, whatever is deleted.</p>
</fieldset>
<fieldset class="panel">
<legend>WhatsApp</legend>
<p>Give Meta the address of this book with <code>/webhooks/whatsapp</code> for events. Messages, names and opt-outs then reach the book at once. <a href="/events">Events that nothing was done with</a></p><?cs
call:text_field("stop_words", "More words that opt out", "text", Form.stop_words, "off", "A message that is nothing but STOP, or a word for it in one of some forty languages, opts its sender out; START opts in again. Words or phrases of your own, with | or a comma between, do so too.") ?><?cs
call:text_field("app_secret", "App secret", "password", "", "off", Help.app_secret) ?><?cs
call:text_field("verify_token", "Verify token", "password", "", "off", Help.verify_token) ?>
</fieldset>
<fieldset class="panel">
<legend>Other programs</legend>
<p>The book can tell other programs of imports, changes and opt-outs at once: <a href="/hooks">Outgoing webhooks</a></p>
</fieldset>
<button class="btn btn-primary" type="submit">Save the settings</button>
</form>
<?cs include!"_foot.cs" ?>
