<?cs set:Title = "API tokens" ?><?cs set:Wide = "1" ?><?cs include!"_head.cs" ?>
<?cs call:crumb("/team", "Team") ?>
<?cs call:page_title(Title, Count) ?>
<p class="intro">Every token of the team. Each member makes their own on <a href="/account">their account's page</a>; what one may do ends with the role of who made it.</p><?cs if:subcount(Tokens) ?>
<div class="table-place" role="region" aria-label="API tokens" tabindex="0">
<table class="table cards">
<caption class="visually-hidden">API tokens of the team</caption>
<thead><tr><th scope="col">For</th><th scope="col">Member</th><th scope="col">May</th><th scope="col">State</th><th scope="col">Made</th><th scope="col">Expires</th><th scope="col">Last used</th><th scope="col"><span class="visually-hidden">Revoke</span></th></tr></thead>
<tbody><?cs each:t = Tokens ?>
<tr>
<th scope="row" data-label="For"><bdi><?cs var:t.Name ?></bdi></th>
<td data-label="Member"><bdi><?cs var:t.Member ?></bdi></td>
<td data-label="May"><?cs var:t.Scopes ?><?cs if:t.Reads ?> <span class="soft">(a viewer’s: only reads)</span><?cs /if ?></td>
<td data-label="State"><?cs if:t.Live ?><?cs call:badge("good", "in use") ?><?cs elif:t.Revoked ?><?cs call:badge("plain", "revoked") ?><?cs elif:t.Expired ?><?cs call:badge("plain", "expired") ?><?cs else ?><?cs call:badge("plain", "member disabled") ?><?cs /if ?></td>
<td data-label="Made"><?cs call:time(t.Created) ?></td>
<td data-label="Expires"><?cs if:t.Expires ?><?cs call:time(t.Expires) ?><?cs else ?>never<?cs /if ?></td>
<td data-label="Last used"><?cs if:t.Used ?><?cs call:time(t.Used) ?><?cs else ?>never<?cs /if ?></td>
<td class="row-actions"><?cs if:!t.Revoked ?><details class="ask"><summary class="btn btn-sm btn-outline-danger">Revoke<span class="visually-hidden"> <?cs var:t.Name ?> of <?cs var:t.Member ?></span> …</summary>
<form method="post" action="/tokens"><?cs call:csrf() ?><input type="hidden" name="id" value="<?cs var:t.Id ?>">
<p>It stops working at once, for good.</p>
<button class="btn btn-sm btn-danger" type="submit" aria-label="Revoke <?cs var:t.Name ?> of <?cs var:t.Member ?> for good">Revoke for good</button></form></details><?cs /if ?></td>
</tr><?cs /each ?>
</tbody>
</table>
</div><?cs else ?>
<?cs call:empty_state("Nobody has made a token yet.") ?><a class="btn btn-primary" href="/account">Make one</a><?cs call:empty_state_end() ?><?cs /if ?>
<?cs include!"_foot.cs" ?>
