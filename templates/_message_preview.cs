<?cs # _message_preview.cs: a message with tokens, as contacts get it (SPDX-License-Identifier: MIT)

Filled by web/parts/message_preview.c: Message.{Path, Text, Example, Error} and, once
there is a message, the list Message.For of {Who, Row, Empty, Unknown, Pieces}.
?>
<section class="panel message-preview" id="message-preview" aria-labelledby="message-title">
<h2 id="message-title">Try a message</h2>
<form method="get" action="<?cs var:url_validate(Message.Path) ?>#message-preview">
<div class="field">
<label class="form-label" for="message">Message with tokens</label>
<textarea class="form-control" id="message" name="message" rows="3" dir="auto" aria-describedby="message-help<?cs if:Message.Error ?> message-error<?cs /if ?>"<?cs if:Message.Error ?> aria-invalid="true"<?cs /if ?>>
<?cs var:Message.Text ?></textarea>
<div class="form-text" id="message-help">$FirstName, $City or {{user.first_name}}; any field or attribute by its name.</div><?cs if:Message.Error ?>
<div class="field-error" id="message-error"><?cs var:Message.Error ?></div><?cs /if ?>
</div>
<button class="btn btn-outline-secondary" type="submit">Show the message</button>
</form><?cs each:one = Message.For ?>
<div class="message">
<p class="message-for"><?cs if:one.Row ?>Row <?cs var:one.Row ?><?cs if:one.Who ?>, <?cs /if ?><?cs /if ?><bdi><?cs var:one.Who ?></bdi></p>
<p class="message-text" dir="auto"><?cs each:piece = one.Pieces ?><?cs if:piece.Empty ?><mark class="token-empty" title="no value"><?cs var:piece.Text ?></mark><?cs elif:piece.Unknown ?><mark class="token-unknown" title="unknown"><?cs var:piece.Text ?></mark><?cs else ?><?cs var:piece.Text ?><?cs /if ?><?cs /each ?></p><?cs if:subcount(one.Empty) ?>
<p class="message-note">No value: <?cs each:token = one.Empty ?><code><?cs var:token.Text ?></code> <?cs /each ?></p><?cs /if ?><?cs if:subcount(one.Unknown) ?>
<p class="message-note">No field or attribute has this name: <?cs each:token = one.Unknown ?><code><?cs var:token.Text ?></code> <?cs /each ?></p><?cs /if ?>
</div><?cs /each ?>
</section>
