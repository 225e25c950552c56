<?cs if:Hook.Description ?><?cs set:Title = Hook.Description ?><?cs else ?><?cs set:Title = "Webhook " + Hook.Id ?><?cs /if ?><?cs set:Style = "hooks" ?><?cs include!"_head.cs" ?>
<?cs call:crumb("/hooks", "Outgoing webhooks") ?>
<?cs call:page_title(Title, "") ?>
<?cs call:error_summary() ?><?cs if:Secret ?>
<div class="notice notice-good narrow" role="alert">
<p class="notice-title">The new secret. Copy it now: it is not shown again.</p>
<code class="secret"><?cs var:Secret ?></code>
<p>Messages are signed with it from now on; the old one is of no use any more.</p>
</div><?cs /if ?><?cs if:Hook.Off ?>
<div class="notice notice-warn narrow">
<p class="notice-title"><?cs var:Hook.Off ?></p>
<p>See to the receiver, then switch the webhook on again<?cs if:Waiting ?>: what waits is sent then<?cs /if ?>.</p>
</div><?cs /if ?>
<p><?cs call:badge(Hook.StateKind, Hook.StateText) ?> <span class="said"><?cs if:Hook.FailingSince && Hook.Active ?>Nothing has got through since <?cs call:time_exact(Hook.FailingSince) ?>.<?cs elif:Hook.DeliveredAt ?>Last delivered <?cs call:time(Hook.DeliveredAt) ?>.<?cs else ?>Nothing was delivered yet.<?cs /if ?><?cs if:Waiting ?> <?cs if:WaitingMore ?>At least <?cs /if ?><?cs var:Waiting ?> <?cs if:Waiting == "1" ?>waits<?cs else ?>wait<?cs /if ?> to be sent.<?cs /if ?></span></p>
<dl class="facts">
<div><dt>Address</dt><dd><bdi><?cs var:Hook.Url ?></bdi></dd></div>
<div><dt>Tells of</dt><dd><?cs var:Hook.Events ?></dd></div>
</dl><?cs if:Hook.Active ?>
<form method="post" action="/hooks/<?cs var:Hook.Id ?>"><?cs call:csrf() ?><input type="hidden" name="action" value="ping">
<p class="actions with-hint"><button class="btn btn-outline-secondary" type="submit">Send a ping</button>
<a class="btn btn-outline-secondary" href="#webhook">Change this webhook</a> <span class="hint">A ping is a message without contents, to see whether the receiver answers.</span></p></form><?cs else ?>
<p class="actions"><a class="btn btn-outline-secondary" href="#webhook">Change this webhook</a></p><?cs /if ?>
<section>
<h2>Deliveries</h2><?cs if:subcount(Deliveries) ?>
<div class="table-place" role="region" aria-label="Deliveries" tabindex="0">
<table class="table cards">
<caption class="visually-hidden">Deliveries, newest first</caption>
<thead><tr><th scope="col">Delivery</th><th scope="col">Event</th><th scope="col">When</th><th scope="col">Status</th><th scope="col" class="amount">Attempts</th><th scope="col">Answer</th><th scope="col" class="amount">Took</th><th scope="col">Next</th></tr></thead>
<tbody><?cs each:d = Deliveries ?>
<tr>
<th scope="row" data-label="Delivery" class="nowrap"><a href="/hooks/<?cs var:Hook.Id ?>/deliveries/<?cs var:d.Id ?>">Delivery <?cs var:d.Id ?></a></th>
<td data-label="Event"><?cs var:d.Event ?><?cs if:d.Again ?> <small>(again)</small><?cs /if ?></td>
<td data-label="When"><?cs call:time(d.At) ?></td>
<td data-label="Status"><?cs call:badge(d.StateKind, d.StateText) ?></td>
<td data-label="Attempts" class="amount"><?cs var:d.Attempts ?></td>
<td data-label="Answer" class="breakable"><?cs if:d.Last.Number ?><?cs if:d.Last.Code ?><?cs var:d.Last.Code ?><?cs /if ?><?cs if:d.Last.Error ?> <?cs var:d.Last.Error ?><?cs /if ?><?cs if:d.Last.Response ?> <span class="first-bytes"><?cs var:d.Last.Response ?></span><?cs /if ?><?cs else ?>none yet<?cs /if ?></td>
<td data-label="Took" class="amount nowrap"><?cs if:d.Last.Number ?><?cs var:d.Last.Ms ?> ms<?cs else ?>–<?cs /if ?></td>
<td data-label="Next" class="nowrap"><?cs if:d.NextIn && Hook.Active ?>in <?cs var:d.NextIn ?><?cs elif:d.NextAt && Hook.Active ?>now<?cs elif:d.NextAt ?>when it is on<?cs else ?>–<?cs /if ?></td>
</tr><?cs /each ?>
</tbody>
</table>
</div><?cs if:Older || Later ?>
<p><?cs if:Later ?><a class="btn btn-outline-secondary" href="/hooks/<?cs var:Hook.Id ?>">Newest</a> <?cs /if ?><?cs if:Older ?><a class="btn btn-outline-secondary" href="/hooks/<?cs var:Hook.Id ?>?before=<?cs var:Older ?>">Older</a><?cs /if ?></p><?cs /if ?><?cs else ?>
<p>Nothing was sent yet.</p><?cs /if ?>
</section>
<form class="narrow" method="post" action="/hooks/<?cs var:Hook.Id ?>"><?cs call:csrf() ?>
<input type="hidden" name="action" value="save">
<fieldset class="panel" id="webhook" tabindex="-1">
<legend>The webhook</legend><?cs include!"_hook_form.cs" ?><?cs
call:checkbox("active", "It is on", Form.active, "While it is off nothing new is noted for it; what waits stays.") ?>
<button class="btn btn-primary" type="submit">Save the webhook</button>
</fieldset>
</form>
<section class="panel narrow" aria-labelledby="secret-title">
<h2 id="secret-title">Secret</h2>
<p class="hint-top">Each message is signed with it. It is shown when it is made, and never again.</p>
<details class="ask"><summary class="btn btn-outline-secondary">Make a new secret …</summary>
<form method="post" action="/hooks/<?cs var:Hook.Id ?>"><?cs call:csrf() ?><input type="hidden" name="action" value="secret">
<p>The one that the receiver knows is of no use from then on: it refuses messages until you enter the new one there.</p>
<button class="btn btn-danger" type="submit">Make a new secret</button></form></details>
</section>
<details class="ask narrow"><summary class="btn btn-outline-danger">Delete this webhook …</summary>
<form method="post" action="/hooks/<?cs var:Hook.Id ?>"><?cs call:csrf() ?><input type="hidden" name="action" value="delete">
<p>Nothing more is sent, also not what waits, and its log goes.</p>
<button class="btn btn-danger" type="submit">Delete the webhook</button></form>
</details>
<?cs include!"_foot.cs" ?>
