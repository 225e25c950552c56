<?cs # _consent_form.cs: a consent that is recorded by hand (SPDX-License-Identifier: MIT) ?>
<form class="consent-form" method="post" action="/contacts/<?cs var:Id ?>/consents"><?cs call:csrf() ?>
<?cs call:select_field("purpose", "Purpose", ConsentForm.Purposes, ConsentForm.Purpose, "") ?>
<?cs call:select_field("status", "What happened", ConsentForm.Statuses, ConsentForm.Status, "For WhatsApp marketing this sets whether the contact is opted in, too.") ?>
<?cs call:select_field("basis", "Lawful basis", ConsentForm.Bases, ConsentForm.Basis, "Not said: consent, where something is given.") ?>
<?cs call:textarea_field("words", "Words agreed to", ConsentForm.Words, "3", "What the person was asked, or said.") ?>
<?cs call:text_field("evidence_at", "When it was said", "datetime-local", ConsentForm.EvidenceAt, "off", "In UTC. Empty: not known.") ?><?cs if:Withdrawn ?>
<?cs call:checkbox("confirmed", "The person had withdrawn it, and has given it again.", ConsentForm.Confirmed, "Only needed when the moment above is not later than the withdrawal.") ?><?cs /if ?>
<div class="actions"><button class="btn btn-primary" type="submit">Record</button></div>
</form>
