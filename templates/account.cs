<?cs set:Title = "Your account" ?><?cs include!"_head.cs" ?>
<?cs call:page_title(Title, "") ?>
<?cs call:error_summary() ?><?cs if:NewToken ?>
<div class="notice notice-good narrow" role="alert">
<p class="notice-title">The new token. Copy it now: it is not shown again.</p>
<code class="secret"><?cs var:NewToken ?></code>
<p>Programs send it with each request: <code>Authorization: Bearer …</code></p>
</div><?cs /if ?>
<p>You are <bdi><?cs var:Member.Name ?></bdi> (<?cs var:Member.Email ?>), <?cs var:Member.Role ?>. An admin can change the role.</p>
<form class="narrow" method="post" action="/account"><?cs call:csrf() ?>
<input type="hidden" name="action" value="name">
<fieldset class="panel">
<legend>Your name</legend><?cs
call:text_field("name", "Name", "text", Form.name, "name", "Stands beside what you do: in timelines, imports and the audit log.") ?>
<button class="btn btn-outline-secondary" type="submit">Save the name</button>
</fieldset>
</form>
<form class="narrow" method="post" action="/account"><?cs call:csrf() ?>
<input type="hidden" name="action" value="password">
<input type="email" autocomplete="username" value="<?cs var:Member.Email ?>" hidden>
<fieldset class="panel">
<legend>Change your password</legend><?cs
call:text_field("current", "Current password", "password", "", "current-password", "") ?><?cs
call:text_field("password", "New password", "password", "", "new-password", "At least 10 characters. A few words are easy to remember and hard to guess.") ?>
<button class="btn btn-primary" type="submit">Change the password</button>
</fieldset>
</form>
<section class="panel" aria-labelledby="tokens-title">
<h2 id="tokens-title">API tokens</h2>
<p class="hint-top">A program that has one may do what you choose for it here, and never more than you may do.<?cs if:Reads ?> You only look, so it only looks too.<?cs /if ?> Revoke what is no longer needed.<?cs if:CanAdmin ?> <a href="/tokens">See those of the whole team</a><?cs /if ?></p><?cs if:subcount(Tokens) ?>
<table class="table cards">
<caption class="visually-hidden">Your API tokens</caption>
<thead><tr><th scope="col">For</th><th scope="col">May</th><th scope="col">Made</th><th scope="col">Expires</th><th scope="col">Last used</th><th scope="col"><span class="visually-hidden">Revoke</span></th></tr></thead>
<tbody><?cs each:t = Tokens ?>
<tr>
<th scope="row"><bdi><?cs var:t.Name ?></bdi></th>
<td data-label="May"><?cs var:t.Scopes ?></td>
<td data-label="Made"><?cs call:time(t.Created) ?></td>
<td data-label="Expires"><?cs if:t.Expired ?><?cs call:badge("plain", "expired") ?> <?cs /if ?><?cs if:t.Expires ?><?cs call:time(t.Expires) ?><?cs else ?>never<?cs /if ?></td>
<td data-label="Last used"><?cs if:t.Used ?><?cs call:time(t.Used) ?><?cs else ?>never<?cs /if ?></td>
<td class="row-actions"><details class="ask"><summary class="btn btn-sm btn-outline-danger">Revoke<span class="visually-hidden"> <?cs var:t.Name ?></span> …</summary>
<form method="post" action="/account"><?cs call:csrf() ?><input type="hidden" name="action" value="revoke"><input type="hidden" name="id" value="<?cs var:t.Id ?>">
<p>It stops working at once, for good.</p>
<button class="btn btn-sm btn-danger" type="submit" aria-label="Revoke <?cs var:t.Name ?> for good">Revoke for good</button></form></details></td>
</tr><?cs /each ?>
</tbody>
</table><?cs else ?>
<p>You have none.</p><?cs /if ?>
<form class="narrow add-token" method="post" action="/account"><?cs call:csrf() ?>
<input type="hidden" name="action" value="token"><?cs
call:text_field("token_name", "What a new token is for", "text", Form.token_name, "off", "The name of the program, for example.") ?>
<fieldset class="field" id="scope"<?cs if:Error.scope ?> aria-describedby="scope-error"<?cs /if ?>><legend class="form-label">What it may do</legend><?cs each:s = Scopes ?>
<div class="form-check"><input class="form-check-input" type="checkbox" name="scope" id="scope-<?cs var:s.Word ?>" value="<?cs var:s.Word ?>"<?cs if:s.Chosen ?> checked<?cs /if ?>><label class="form-check-label" for="scope-<?cs var:s.Word ?>"><?cs var:s.Label ?></label></div><?cs /each ?><?cs call:field_error("scope") ?>
</fieldset><?cs
call:text_field("expires", "Until when", "date", Form.expires, "off", "The last day on which it works, in UTC. Empty: until it is revoked.") ?>
<button class="btn btn-outline-secondary" type="submit">Make a token</button>
</form>
</section>
<?cs include!"_foot.cs" ?>
