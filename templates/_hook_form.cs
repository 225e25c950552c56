<?cs # _hook_form.cs: the choices of an outgoing webhook (SPDX-License-Identifier: MIT) ?><?cs
call:text_field("url", "Address of the receiver", "url", Form.url, "off", "Begins with https:// (or http:// within your own network). It gets a POST with JSON.") ?><?cs
call:text_field("description", "What it is for", "text", Form.description, "off", "For your team, such as: tells the shop.") ?>
<fieldset class="field choices" id="events"<?cs if:Error.events ?> aria-describedby="events-error"<?cs /if ?>>
<legend>Tell it when</legend><?cs each:c = Choices ?><?cs
call:checkbox(c.Name, c.Label, c.Chosen, c.Word) ?><?cs /each ?><?cs call:field_error("events") ?>
</fieldset><?cs
call:checkbox("during", "Tell it of contacts that an import changes, too", Form.during, "Without this an import tells only that it has ended.") ?>
