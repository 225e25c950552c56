<?cs # _consents.cs: how it stands with a person's consents (SPDX-License-Identifier: MIT) ?>
<section class="panel">
<h2>Consents</h2>
<dl class="facts"><?cs each:p = Purposes ?>
<div><dt><?cs var:p.Label ?></dt><dd><?cs call:badge(p.Dot, p.Status) ?><?cs if:p.Since ?> <span class="soft">since <?cs call:time_exact(p.Since) ?><br><?cs if:p.Import ?><a href="/imports/<?cs var:p.Import ?>"><bdi><?cs var:p.Source ?></bdi></a><?cs else ?><bdi><?cs var:p.Source ?></bdi><?cs /if ?></span><?cs /if ?></dd></div><?cs /each ?>
</dl>
<p class="more"><a href="/contacts/<?cs var:Id ?>/consents">Every entry, as proof</a></p><?cs if:CanEdit && !TrashedAt ?>
<details>
<summary>Record a consent</summary>
<?cs include!"_consent_form.cs" ?>
</details><?cs /if ?>
</section>
