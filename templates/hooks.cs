<?cs set:Title = "Outgoing webhooks" ?><?cs set:Style = "hooks" ?><?cs include!"_head.cs" ?>
<?cs call:crumb("/settings", "Settings") ?>
<?cs call:page_title(Title, Count) ?>
<p class="intro">The book tells other programs what happens: it sends a signed message to an address of theirs. What WhatsApp sends to the book is something else: see <a href="/settings">Settings</a>.</p>
<?cs call:error_summary() ?><?cs if:New.Id ?>
<div class="notice notice-good narrow" role="alert">
<p class="notice-title">The webhook is on. This is its secret: copy it now, it is not shown again.</p>
<code class="secret"><?cs var:New.Secret ?></code>
<p>The receiver checks with it that a message is from here. <a href="/hooks/<?cs var:New.Id ?>">Go on to the webhook and send a ping</a></p>
</div><?cs /if ?><?cs if:subcount(Hooks) ?>
<div class="table-place" role="region" aria-label="Outgoing webhooks" tabindex="0">
<table class="table cards">
<caption class="visually-hidden">Outgoing webhooks</caption>
<thead><tr><th scope="col">Webhook</th><th scope="col">Address</th><th scope="col">Tells of</th><th scope="col">State</th><th scope="col">Last delivered</th></tr></thead>
<tbody><?cs each:h = Hooks ?>
<tr>
<th scope="row" data-label="Webhook"><a href="/hooks/<?cs var:h.Id ?>"><?cs if:h.Description ?><bdi><?cs var:h.Description ?></bdi><?cs else ?>Webhook <?cs var:h.Id ?><?cs /if ?></a></th>
<td data-label="Address" class="breakable"><?cs var:h.Url ?></td>
<td data-label="Tells of"><?cs var:h.Events ?></td>
<td data-label="State"><?cs call:badge(h.StateKind, h.StateText) ?></td>
<td data-label="Last delivered"><?cs if:h.DeliveredAt ?><?cs call:time(h.DeliveredAt) ?><?cs else ?>never<?cs /if ?></td>
</tr><?cs /each ?>
</tbody>
</table>
</div><?cs /if ?><?cs if:Full ?>
<p>There are 20 webhooks, and no more can be added. Delete one that is not needed.</p><?cs else ?>
<form class="narrow" method="post" action="/hooks"><?cs call:csrf() ?>
<fieldset class="panel">
<legend>Add a webhook</legend><?cs include!"_hook_form.cs" ?>
<button class="btn btn-primary" type="submit">Add the webhook</button>
</fieldset>
</form><?cs /if ?>
<?cs include!"_foot.cs" ?>
