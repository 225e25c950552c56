<?cs set:Title = "Delivery " + Delivery.Id ?><?cs set:Style = "hooks" ?><?cs set:Script = "import" ?><?cs include!"_head.cs" ?>
<p class="crumb"><a href="/hooks">Outgoing webhooks</a> / <a href="/hooks/<?cs var:Hook.Id ?>"><bdi><?cs var:Hook.Name ?></bdi></a></p>
<?cs call:page_title(Title, "") ?>
<div data-import-live data-state="<?cs if:Refresh ?>running<?cs else ?>done<?cs /if ?>">
<p data-said><?cs call:badge(Delivery.StateKind, Delivery.StateText) ?><span class="said"><?cs if:Delivery.NextIn && Hook.Active ?>Next attempt in <?cs var:Delivery.NextIn ?>.<?cs /if ?><?cs if:!Hook.Active ?>The webhook is off, so nothing is sent.<?cs /if ?></span></p>
<dl class="facts">
<div><dt>Event</dt><dd><?cs var:Delivery.Event ?></dd></div>
<div><dt>Made</dt><dd><?cs call:time_exact(Delivery.At) ?></dd></div>
<div><dt>Sent</dt><dd><?cs if:Delivery.Attempts == #0 ?>not yet<?cs elif:Delivery.Attempts == #1 ?>once<?cs else ?><?cs var:Delivery.Attempts ?> times<?cs /if ?></dd></div><?cs if:Delivery.Again ?>
<div><dt>Repeats</dt><dd><a href="/hooks/<?cs var:Hook.Id ?>/deliveries/<?cs var:Delivery.Again ?>">delivery <?cs var:Delivery.Again ?></a></dd></div><?cs /if ?><?cs if:Delivery.Contact ?>
<div><dt>About</dt><dd><a href="/contacts/<?cs var:Delivery.Contact ?>">contact <?cs var:Delivery.Contact ?></a></dd></div><?cs /if ?>
</dl><?cs if:Hook.Active ?>
<form method="post" action="/hooks/<?cs var:Hook.Id ?>/deliveries/<?cs var:Delivery.Id ?>"><?cs call:csrf() ?>
<p class="actions with-hint"><button class="btn btn-outline-secondary" type="submit">Send again</button> <span class="hint">As a new delivery with the same body.<?cs if:Delivery.State == "waiting" ?> This one ends with that.<?cs /if ?></span></p></form><?cs /if ?>
<section>
<h2>Answers</h2><?cs if:subcount(Attempts) ?>
<div class="table-place" role="region" aria-label="Answers" tabindex="0">
<table class="table cards">
<caption class="visually-hidden">Each time that it was sent, newest first</caption>
<thead><tr><th scope="col">Attempt</th><th scope="col">When</th><th scope="col">Status code</th><th scope="col" class="amount">Took</th><th scope="col">What came back</th></tr></thead>
<tbody><?cs each:t = Attempts ?>
<tr>
<th scope="row" data-label="Attempt" class="nowrap">Attempt <?cs var:t.Number ?></th>
<td data-label="When"><?cs call:time(t.At) ?></td>
<td data-label="Status code"><?cs if:t.Code ?><?cs var:t.Code ?><?cs else ?>no answer<?cs /if ?></td>
<td data-label="Took" class="amount nowrap"><?cs var:t.Ms ?> ms</td>
<td data-label="What came back" class="breakable"><?cs if:t.Error ?><?cs var:t.Error ?><?cs /if ?><?cs if:t.Response ?><pre class="sent"><?cs var:t.Response ?></pre><?cs elif:!t.Error ?>an empty answer<?cs /if ?></td>
</tr><?cs /each ?>
</tbody>
</table>
</div><?cs else ?>
<p>There is none yet.</p><?cs /if ?>
</section>
<section aria-labelledby="request-title">
<h2 id="request-title">What is sent</h2><?cs if:subcount(Headers) ?>
<pre class="sent">POST <?cs var:Hook.Url ?><?cs each:h = Headers ?>
<?cs var:h.Text ?><?cs /each ?></pre><?cs /if ?>
<pre class="sent"><?cs var:Body ?></pre>
</section>
</div>
<p class="visually-hidden" role="status" data-announce></p>
<?cs include!"_foot.cs" ?>
