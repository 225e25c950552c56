<?cs set:Style = "contacts" ?><?cs include!"_head.cs" ?><?cs

def:choice(value, label) ?><div class="form-check">
<input class="form-check-input" type="radio" name="do" id="do-<?cs var:value ?>" value="<?cs var:value ?>"<?cs if:Do == value ?> checked<?cs /if ?>><label class="form-check-label" for="do-<?cs var:value ?>"><?cs var:label ?></label></div><?cs /def ?><?cs

def:hidden(name, value) ?><?cs if:string.length(value) ?><input type="hidden" name="<?cs var:name ?>" value="<?cs var:value ?>"><?cs /if ?><?cs /def ?><?cs

def:known(name, label, value, help, list) ?>
<div class="field"><label class="form-label" for="<?cs var:name ?>"><?cs var:label ?></label><input class="form-control" id="<?cs var:name ?>" name="<?cs var:name ?>" dir="auto" autocomplete="off" list="<?cs var:list ?>" value="<?cs var:value ?>" aria-describedby="<?cs if:help ?><?cs var:name ?>-help<?cs /if ?><?cs if:Error[name] ?> <?cs var:name ?>-error<?cs /if ?>"<?cs if:Error[name] ?> aria-invalid="true"<?cs /if ?>><?cs call:help_text(name, help) ?><?cs call:field_error(name) ?></div><?cs /def ?>
<?cs call:page_title(Title, "") ?><?cs call:error_summary() ?>
<p class="bulk-who"><?cs if:Chosen ?><strong><?cs var:Matched ?></strong> chosen one by one.<?cs elif:subcount(Chips) ?><strong><?cs var:Matched ?></strong> that match: <?cs each:c = Chips ?><span class="chip-text"><?cs if:c.Group ?><?cs var:c.Group ?>: <?cs /if ?><?cs var:c.Label ?> <bdi><?cs var:c.Value ?></bdi></span> <?cs /each ?><?cs elif:!None ?><strong>All <?cs var:Matched ?> contacts of the book.</strong><?cs /if ?> <a href="<?cs var:url_validate(ListPath) ?>">Back to the list</a></p><?cs if:None ?>
<?cs if:subcount(Errors) ?><?cs call:empty_state("Go back, choose the contacts again, and change them from there.") ?><?cs else ?><?cs call:empty_state("No contact matches, so there is nothing to change.") ?><?cs /if ?>
<a class="btn btn-primary" href="<?cs var:url_validate(ListPath) ?>">Back to the list</a><?cs call:empty_state_end() ?><?cs else ?><?cs if:Preview ?>
<section class="panel" aria-labelledby="preview-title">
<h2 id="preview-title"><?cs var:Words ?></h2>
<p><strong><?cs var:Matched ?> contact<?cs if:!One ?>s<?cs /if ?></strong> <?cs if:One ?>is<?cs else ?>are<?cs /if ?> meant. Those that are so already stay as they are. It can be undone as one.<?cs if:Trashing ?> Contacts in the trash can be restored until they are removed for good.<?cs /if ?></p>
<p class="hint">The first <?cs if:subcount(Examples) > #1 ?><?cs var:subcount(Examples) ?><?cs /if ?>:</p>
<div class="table-place" role="region" aria-label="The first contacts" tabindex="0">
<table class="table cards">
<caption class="visually-hidden">What would change in the first contacts</caption>
<thead><tr><th scope="col">Contact</th><th scope="col">Field</th><th scope="col">Now</th><th scope="col">Then</th></tr></thead>
<tbody><?cs each:x = Examples ?><?cs if:subcount(x.Changes) ?><?cs each:d = x.Changes ?>
<tr><th scope="row" data-label="Contact"><a href="/contacts/<?cs var:x.Id ?>"><bdi><?cs var:x.Title ?></bdi></a></th><td data-label="Field"><bdi><?cs var:d.Label ?></bdi></td><td data-label="Now"><?cs if:string.length(d.Old) ?><bdi><?cs var:d.Old ?></bdi><?cs else ?><span class="soft">empty</span><?cs /if ?></td><td data-label="Then"><?cs if:string.length(d.New) ?><bdi><?cs var:d.New ?></bdi><?cs else ?><span class="soft">empty</span><?cs /if ?></td></tr><?cs /each ?><?cs else ?>
<tr><th scope="row" data-label="Contact"><a href="/contacts/<?cs var:x.Id ?>"><bdi><?cs var:x.Title ?></bdi></a></th><td data-label="Change" colspan="3"><span class="soft"><?cs if:x.Kept ?>stays as it is: <?cs var:x.Kept ?><?cs else ?>is so already<?cs /if ?></span></td></tr><?cs /if ?><?cs /each ?>
</tbody>
</table>
</div>
<form method="post" action="/contacts/bulk"><?cs call:csrf() ?><?cs call:hidden("where", Where) ?><?cs call:hidden("all", All) ?><?cs call:hidden("do", Do) ?><?cs call:hidden("tags", Sent.tags) ?><?cs call:hidden("make_tags", Sent.make_tags) ?><?cs call:hidden("tags_off", Sent.tags_off) ?><?cs call:hidden("field", Sent.field) ?><?cs call:hidden("value", Sent.value) ?><?cs call:hidden("field_off", Sent.field_off) ?><?cs call:hidden("opted", Sent.opted) ?><?cs call:hidden("opted_at", Sent.opted_at) ?><?cs call:hidden("how", Sent.how) ?><?cs call:hidden("segment", Sent.segment) ?><?cs call:hidden("segment_off", Sent.segment_off) ?><?cs call:hidden("state", Sent.state) ?><?cs call:hidden("campaign", Sent.campaign) ?><?cs call:hidden("campaign_off", Sent.campaign_off) ?><?cs if:OptedOut ?>
<div class="notice notice-warn">
<p class="notice-title"><?cs var:OptedOut ?> of these people opted out.</p>
<p>They stay opted out, unless you confirm here that they agreed again since.</p>
<div class="form-check"><input class="form-check-input" type="checkbox" name="overturn" id="overturn" value="<?cs var:OptedOut.Number ?>"><label class="form-check-label" for="overturn">Change the consent of these <?cs var:OptedOut ?> people too</label></div>
</div><?cs /if ?>
<button class="btn <?cs if:Trashing ?>btn-danger<?cs else ?>btn-primary<?cs /if ?>" type="submit"><?cs if:Trashing ?>Move <?cs var:Matched ?> contact<?cs if:!One ?>s<?cs /if ?> to the trash<?cs else ?>Change <?cs var:Matched ?> contact<?cs if:!One ?>s<?cs /if ?><?cs /if ?></button>
</form>
</section>
<h2>Something else</h2><?cs /if ?>
<form method="get" action="/contacts/bulk" class="bulk-form"><?cs call:hidden("where", Where) ?><?cs call:hidden("all", All) ?>
<fieldset class="bulk-choices" id="do"<?cs if:Error.do ?> aria-describedby="do-error"<?cs /if ?>>
<legend class="form-label">What is to change?</legend><?cs call:field_error("do") ?>
<div class="bulk-choice"><?cs call:choice("add_tags", "Add tags") ?>
<div class="bulk-part"><?cs call:known("tags", "Tags to add", Sent.tags, "Several with a comma between.", "known-tags") ?><?cs call:checkbox("make_tags", "Make tags that the book does not have yet", Sent.make_tags, "") ?></div></div>
<div class="bulk-choice"><?cs call:choice("remove_tags", "Remove tags") ?>
<div class="bulk-part"><?cs call:known("tags_off", "Tags to remove", Sent.tags_off, "Several with a comma between.", "known-tags") ?></div></div>
<div class="bulk-choice"><?cs call:choice("set", "Set a field") ?>
<div class="bulk-part"><?cs call:select_field("field", "Field to set", Fields, Sent.field, "") ?><?cs call:text_field("value", "New value", "text", Sent.value, "off", "All of them get this value.") ?></div></div>
<div class="bulk-choice"><?cs call:choice("clear", "Clear a field") ?>
<div class="bulk-part"><?cs call:select_field("field_off", "Field to clear", ClearFields, Sent.field_off, "") ?></div></div>
<div class="bulk-choice"><?cs call:choice("state", "Set the state") ?>
<div class="bulk-part"><?cs call:select_field("state", "New state", States, Sent.state, "Chats that cannot go there from where they are stay, and are listed.") ?></div></div>
<div class="bulk-choice"><?cs call:choice("add_to_segment", "Add to a segment") ?>
<div class="bulk-part"><?cs call:known("segment", "Segment", Sent.segment, "A name that is not there yet makes a new segment.", "known-segments") ?></div></div>
<div class="bulk-choice"><?cs call:choice("remove_from_segment", "Take from a segment") ?>
<div class="bulk-part"><?cs call:select_field("segment_off", "Segment to leave", Segments, Sent.segment_off, "") ?></div></div>
<div class="bulk-choice"><?cs call:choice("add_to_campaign", "Add to a campaign") ?>
<div class="bulk-part"><?cs call:known("campaign", "Campaign", Sent.campaign, "A name that is not there yet makes a new campaign.", "known-campaigns") ?></div></div>
<div class="bulk-choice"><?cs call:choice("remove_from_campaign", "Take from a campaign") ?>
<div class="bulk-part"><?cs call:select_field("campaign_off", "Campaign to leave", Campaigns, Sent.campaign_off, "") ?></div></div>
<div class="bulk-choice"><?cs call:choice("consent", "Set consent for WhatsApp") ?>
<div class="bulk-part">
<fieldset class="field" id="opted"<?cs if:Error.opted ?> aria-describedby="opted-error"<?cs /if ?>><legend class="form-label">Opted in?</legend>
<div class="form-check"><input class="form-check-input" type="radio" name="opted" id="opted-yes" value="yes"<?cs if:Sent.opted == "yes" ?> checked<?cs /if ?>><label class="form-check-label" for="opted-yes">Yes, they agreed</label></div>
<div class="form-check"><input class="form-check-input" type="radio" name="opted" id="opted-no" value="no"<?cs if:Sent.opted == "no" ?> checked<?cs /if ?>><label class="form-check-label" for="opted-no">No, they opted out</label></div><?cs call:field_error("opted") ?>
</fieldset><?cs call:text_field("opted_at", "Since when", "text", Sent.opted_at, "off", "A date like 2026-10-31; empty: now.") ?><?cs call:text_field("how", "How do you know?", "text", Sent.how, "off", "Kept with the change, for those who ask later.") ?></div></div>
<div class="bulk-choice"><?cs call:choice("export", "Export them") ?></div>
<div class="bulk-choice"><?cs call:choice("trash", "Move them to the trash") ?></div>
</fieldset>
<datalist id="known-tags"><?cs each:one = KnownTags ?><option value="<?cs var:one.Name ?>"></option><?cs /each ?></datalist>
<datalist id="known-segments"><?cs each:one = Segments ?><?cs if:string.length(one.Value) ?><option value="<?cs var:one.Value ?>"></option><?cs /if ?><?cs /each ?></datalist>
<datalist id="known-campaigns"><?cs each:one = Campaigns ?><?cs if:string.length(one.Value) ?><option value="<?cs var:one.Value ?>"></option><?cs /if ?><?cs /each ?></datalist>
<button class="btn <?cs if:Preview ?>btn-outline-secondary<?cs else ?>btn-primary<?cs /if ?>" type="submit">Look at what would change</button>
</form><?cs /if ?>
<?cs include!"_foot.cs" ?>
