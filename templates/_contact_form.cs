<?cs # _contact_form.cs: the fields of a contact (SPDX-License-Identifier: MIT) ?><?cs

def:typed_control(field, type) ?>
<div class="field">
<label class="form-label" for="<?cs var:field.Name ?>"><?cs var:field.Label ?></label>
<input class="form-control" id="<?cs var:field.Name ?>" name="<?cs var:field.Name ?>" type="<?cs var:type ?>" value="<?cs var:field.Value ?>"<?cs if:type == "text" ?> inputmode="decimal"<?cs elif:type != "date" ?> step="any"<?cs /if ?> autocomplete="off"<?cs if:field.Help || Error[field.Name] ?> aria-describedby="<?cs if:field.Help ?><?cs var:field.Name ?>-help<?cs /if ?><?cs if:Error[field.Name] ?> <?cs var:field.Name ?>-error<?cs /if ?>"<?cs /if ?><?cs if:Error[field.Name] ?> aria-invalid="true"<?cs /if ?>><?cs call:help_text(field.Name, field.Help) ?><?cs call:field_error(field.Name) ?>
</div><?cs /def ?><?cs

def:contact_control(field) ?><?cs if:field.Kind == "select" ?><?cs call:select_field(field.Name, field.Label, field.Options, field.Value, field.Help) ?><?cs elif:field.Kind == "area" ?><?cs call:textarea_field(field.Name, field.Label, field.Value, "3", field.Help) ?><?cs elif:field.Kind == "decimal" ?><?cs call:typed_control(field, "text") ?><?cs elif:field.Kind == "date" || field.Kind == "time" || field.Kind == "datetime-local" ?><?cs call:typed_control(field, field.Kind) ?><?cs else ?><?cs call:text_field(field.Name, field.Label, field.Kind, field.Value, "off", field.Help) ?><?cs /if ?><?cs /def ?><?cs

if:Other ?>
<p class="notice notice-warn"><a href="/contacts/<?cs var:Other ?>">Open the contact that has it<?cs if:OtherInTrash ?>, in the trash, to restore it<?cs /if ?></a></p><?cs /if ?>
<div class="form-groups"><?cs each:group = Groups ?>
<fieldset class="panel">
<legend><?cs var:group.Title ?></legend>
<div class="fields"><?cs each:field = group.Fields ?><?cs call:contact_control(field) ?><?cs /each ?>
</div>
</fieldset><?cs /each ?>
<fieldset class="panel">
<legend>Tags</legend>
<div class="field">
<label class="form-label" for="tags">Tags</label>
<input class="form-control" id="tags" name="tags" dir="auto" value="<?cs var:TagsValue ?>" autocomplete="off" aria-describedby="tags-help<?cs if:Error.tags ?> tags-error<?cs /if ?>"<?cs if:Error.tags ?> aria-invalid="true"<?cs /if ?>>
<div class="form-text" id="tags-help">With a comma between; a new name makes a new tag.</div><?cs call:field_error("tags") ?>
</div>
<div class="field add-tag">
<label class="form-label" for="add_tag">Add a tag</label>
<input class="form-control" id="add_tag" name="add_tag" dir="auto" list="known-tags" autocomplete="off" data-adds-to="tags" aria-describedby="add_tag-help">
<div class="form-text" id="add_tag-help">Suggests the tags of the book as you type.</div>
<datalist id="known-tags"><?cs each:one = KnownTags ?><option value="<?cs var:one.Name ?>"></option><?cs /each ?></datalist>
</div>
</fieldset>
<fieldset class="panel">
<legend>Campaigns</legend>
<div class="field">
<label class="form-label" for="campaigns">Campaigns</label>
<input class="form-control" id="campaigns" name="campaigns" dir="auto" list="known-campaigns" value="<?cs var:CampaignsValue ?>" autocomplete="off" aria-describedby="campaigns-help<?cs if:Error.campaigns ?> campaigns-error<?cs /if ?>"<?cs if:Error.campaigns ?> aria-invalid="true"<?cs /if ?>>
<div class="form-text" id="campaigns-help">With a comma between; a new name makes a new campaign.</div><?cs call:field_error("campaigns") ?>
<datalist id="known-campaigns"><?cs each:one = KnownCampaigns ?><option value="<?cs var:one.Name ?>"></option><?cs /each ?></datalist>
</div>
</fieldset>
</div>
