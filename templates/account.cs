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
<p class="hint-top">A program that has one may do what you may do. Revoke what is no longer needed.</p><?cs if:subcount(Tokens) ?>
<table class="table cards">
<caption class="visually-hidden">Your API tokens</caption>
<thead><tr><th scope="col">For</th><th scope="col">Made</th><th scope="col">Last used</th><th scope="col"><span class="visually-hidden">Revoke</span></th></tr></thead>
<tbody><?cs each:t = Tokens ?>
<tr>
<th scope="row"><bdi><?cs var:t.Name ?></bdi></th>
<td data-label="Made"><?cs call:time(t.Created) ?></td>
<td data-label="Last used"><?cs if:t.Used ?><?cs call:time(t.Used) ?><?cs else ?>never<?cs /if ?></td>
<td class="row-actions"><form method="post" action="/account"><?cs call:csrf() ?>
<input type="hidden" name="action" value="revoke"><input type="hidden" name="id" value="<?cs var:t.Id ?>">
<button class="btn btn-sm btn-outline-danger" type="submit" aria-label="Revoke <?cs var:t.Name ?>">Revoke</button></form></td>
</tr><?cs /each ?>
</tbody>
</table><?cs else ?>
<p>You have none.</p><?cs /if ?>
<form class="narrow add-token" method="post" action="/account"><?cs call:csrf() ?>
<input type="hidden" name="action" value="token"><?cs
call:text_field("token_name", "What a new token is for", "text", Form.token_name, "off", "The name of the program, for example.") ?>
<button class="btn btn-outline-secondary" type="submit">Make a token</button>
</form>
</section>
<?cs include!"_foot.cs" ?>
