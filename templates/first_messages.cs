<?cs set:Title = "Rules for first messages" ?><?cs set:Style = "catalog" ?><?cs include!"_head.cs" ?><?cs

def:rule_text(rule) ?><?cs var:rule.Label ?> “<bdi><?cs var:rule.Phrase ?></bdi>”<?cs /def ?><?cs

def:rule_fields() ?><?cs
call:select_field("kind", "The message", Kinds, Form.kind, "") ?><?cs
call:text_field("phrase", "Word or phrase", "text", Form.phrase, "off", "Case, accents, punctuation and emoji do not count. A phrase that is nothing but an emoji is looked for as it is.") ?>
<div class="field">
<label class="form-label" for="first_message">First message that it gives</label>
<input class="form-control" id="first_message" name="first_message" dir="auto" autocomplete="off" list="names" value="<?cs var:Form.first_message ?>"<?cs if:Error["first_message"] ?> aria-describedby="first_message-error" aria-invalid="true"<?cs /if ?>><?cs call:field_error("first_message") ?>
<datalist id="names"><?cs each:one = Names ?><option value="<?cs var:one.Name ?>"></option><?cs /each ?></datalist>
</div><?cs /def ?>
<div class="catalog">
<?cs call:crumb("/tags", "Tags") ?>
<?cs call:page_title(Title, Total) ?>
<p class="intro">What a person writes first becomes the contact's first message. Rules give many wordings one name: the first rule from the top that matches decides; without one the text itself is kept. Rules count for people who write from now on: contacts that have a first message keep it. <a href="/tags">Tags and first messages</a></p>
<?cs call:error_summary() ?><?cs if:Change.Action == "delete" ?>
<form class="narrow" method="post" action="/first-messages"><?cs call:csrf() ?>
<input type="hidden" name="action" value="delete"><input type="hidden" name="which" value="<?cs var:Change.Id ?>">
<fieldset class="panel">
<legend>Delete rule <?cs var:Change.Position ?>?</legend>
<p>The message <?cs call:rule_text(Change) ?>: <bdi><?cs var:Change.Gives ?></bdi>. Contacts that got their first message by it keep it.</p>
<button class="btn btn-danger" type="submit">Delete the rule</button>
<a class="btn btn-outline-secondary" href="/first-messages">Keep it</a>
</fieldset>
</form><?cs elif:Change.Action == "change" ?>
<form class="narrow" method="post" action="/first-messages"><?cs call:csrf() ?>
<input type="hidden" name="action" value="change"><input type="hidden" name="which" value="<?cs var:Change.Id ?>">
<fieldset class="panel">
<legend>Change rule <?cs var:Change.Position ?></legend><?cs call:rule_fields() ?>
<button class="btn btn-primary" type="submit">Save the rule</button>
<a class="btn btn-outline-secondary" href="/first-messages">Cancel</a>
</fieldset>
</form><?cs /if ?>
<form class="narrow" method="get" action="/first-messages" role="search">
<fieldset class="panel">
<legend>Try the rules</legend>
<div class="field">
<label class="form-label" for="try">A message as somebody may write it</label>
<div class="joined"><input class="form-control" id="try" name="try" dir="auto" autocomplete="off" value="<?cs var:Try.Message ?>">
<button class="btn btn-outline-secondary" type="submit">Try</button></div>
</div>
<div role="status"><?cs if:Try.Done ?><?cs if:Try.Position ?>
<p>Rule <?cs var:Try.Position ?> decides, since the message <?cs call:rule_text(Try) ?>. The first message is <strong><bdi><?cs var:Try.Gives ?></bdi></strong>.</p><?cs else ?>
<p>No rule matches. The text itself becomes the first message.</p><?cs /if ?><?cs else ?>
<p class="hint">Nothing is changed by trying.</p><?cs /if ?></div>
</fieldset>
</form><?cs if:subcount(Rules) ?>
<div class="table-place" role="region" aria-label="Rules" tabindex="0">
<table class="table cards">
<caption class="visually-hidden">Rules, in the order in which they are asked</caption>
<thead><tr><th scope="col">Rule</th><th scope="col">If the message</th><th scope="col">First message</th><?cs if:Try.Done ?><th scope="col">Your try</th><?cs /if ?><?cs if:CanEdit ?><th scope="col"><span class="visually-hidden">Order</span></th><th scope="col"><span class="visually-hidden">Change</span></th><?cs /if ?></tr></thead>
<tbody><?cs each:rule = Rules ?>
<tr>
<th scope="row" data-label="Rule"><?cs var:rule.Position ?></th>
<td data-label="If the message"><?cs call:rule_text(rule) ?></td>
<td data-label="First message"><bdi><?cs var:rule.Gives ?></bdi></td><?cs if:Try.Done ?>
<td data-label="Your try"><?cs if:rule.Chosen ?><?cs call:badge("good", "decides") ?><?cs elif:rule.Matches ?><?cs call:badge("plain", "matches too, later") ?><?cs else ?>no<?cs /if ?></td><?cs /if ?><?cs if:CanEdit ?>
<td class="rule-moves"><form method="post" action="/first-messages"><?cs call:csrf() ?><input type="hidden" name="action" value="move"><?cs if:!rule.First ?><button class="btn btn-sm btn-outline-secondary" type="submit" name="up" value="<?cs var:rule.Id ?>" aria-label="Move rule <?cs var:rule.Position ?> up">↑</button><?cs /if ?><?cs if:!rule.Last ?><button class="btn btn-sm btn-outline-secondary" type="submit" name="down" value="<?cs var:rule.Id ?>" aria-label="Move rule <?cs var:rule.Position ?> down">↓</button><?cs /if ?></form></td>
<td class="row-actions"><a href="/first-messages?change=<?cs var:rule.Id ?>" aria-label="Change rule <?cs var:rule.Position ?>">Change</a> <a href="/first-messages?delete=<?cs var:rule.Id ?>" aria-label="Delete rule <?cs var:rule.Position ?>">Delete</a></td><?cs /if ?>
</tr><?cs /each ?>
</tbody>
</table>
</div><?cs else ?><?cs
call:empty_state("There are no rules yet: each first message is kept as it was written.") ?><?cs call:empty_state_end() ?><?cs /if ?><?cs if:CanEdit && Change.Action != "change" ?>
<form class="narrow" method="post" action="/first-messages"><?cs call:csrf() ?>
<input type="hidden" name="action" value="add">
<fieldset class="panel">
<legend>Add a rule</legend><?cs call:rule_fields() ?>
<button class="btn btn-primary" type="submit">Add the rule</button>
</fieldset>
</form><?cs /if ?>
</div>
<?cs include!"_foot.cs" ?>
