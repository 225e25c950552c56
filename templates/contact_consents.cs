<?cs set:Title = "Consents" ?><?cs set:Wide = "1" ?><?cs set:Style = "contacts" ?><?cs include!"_head.cs" ?>
<?cs call:crumb("/contacts/" + Id, Name) ?>
<?cs call:page_title(Title, "") ?>

<?cs call:error_summary() ?>
<p class="intro">What this person agreed to, and where that is known from. Entries are only ever added.</p>
<dl class="facts consent-facts"><?cs each:p = Purposes ?>
<div><dt><?cs var:p.Label ?></dt><dd><?cs call:badge(p.Dot, p.Status) ?><?cs if:p.Since ?> <span class="soft">since <?cs call:time_exact(p.Since) ?></span><?cs /if ?></dd></div><?cs /each ?>
</dl>
<div class="actions"><a class="btn btn-outline-secondary" href="/contacts/<?cs var:Id ?>/consents.csv">Download as CSV</a>
<a class="btn btn-outline-secondary" href="/contacts/<?cs var:Id ?>/consents.json">Download as JSON</a></div><?cs if:CanRecord ?>
<details class="panel record-consent"<?cs if:ConsentForm.Open ?> open<?cs /if ?>>
<summary>Record a consent</summary>
<?cs include!"_consent_form.cs" ?>
</details><?cs /if ?>
<?cs if:subcount(Entries) ?>
<div class="table-place" role="region" aria-label="Entries" tabindex="0">
<table class="table cards">
<caption class="visually-hidden">Entries, newest first</caption>
<thead><tr><th scope="col">Recorded</th><th scope="col">Purpose</th><th scope="col">Status</th><th scope="col">Lawful basis</th><th scope="col">Said at</th><th scope="col">Where from</th><th scope="col">Words</th></tr></thead>
<tbody><?cs each:x = Entries ?>
<tr><td data-label="Recorded"><?cs call:time_exact(x.At) ?></td><td data-label="Purpose"><?cs var:x.Purpose ?></td><td data-label="Status" class="nowrap"><?cs if:x.Counts ?><?cs call:badge(x.Dot, x.Status) ?><?cs else ?><del><?cs var:x.Status ?></del><?cs /if ?></td><td data-label="Lawful basis"><?cs if:x.Basis ?><?cs var:x.Basis ?><?cs else ?><span class="soft">not said</span><?cs /if ?></td><td data-label="Said at"><?cs if:x.EvidenceAt ?><?cs call:time_exact(x.EvidenceAt) ?><?cs else ?><span class="soft">not known</span><?cs /if ?></td><td data-label="Where from" class="value"><?cs if:x.Import ?><a href="/imports/<?cs var:x.Import ?>"><bdi><?cs var:x.Source ?></bdi></a><?cs elif:x.Job ?><a href="/jobs/<?cs var:x.Job ?>"><bdi><?cs var:x.Source ?></bdi></a><?cs else ?><bdi><?cs var:x.Source ?></bdi><?cs /if ?><?cs if:x.Message ?><br><span class="soft break">message <bdi><?cs var:x.Message ?></bdi></span><?cs /if ?><?cs if:x.Contact ?><br><span class="soft">of <a href="/contacts/<?cs var:x.Contact ?>">contact <?cs var:x.Contact ?></a>, merged into this one</span><?cs /if ?><?cs if:x.Note ?><br><span class="soft"><bdi><?cs var:x.Note ?></bdi></span><?cs /if ?></td><td data-label="Words" class="value"><?cs if:x.Words ?><details><summary>Words<?cs if:x.WordsVersion ?> of version <bdi><?cs var:x.WordsVersion ?></bdi><?cs /if ?></summary><p dir="auto"><?cs var:x.Words ?></p></details><?cs else ?><span class="soft">none</span><?cs /if ?></td></tr><?cs /each ?>
</tbody></table></div>
<?cs else ?><?cs call:empty_state("Nothing is known yet of what this person agreed to.") ?><?cs call:empty_state_end() ?><?cs /if ?><?cs if:Older || Newer ?>
<p class="actions"><?cs if:Newer ?><a class="btn btn-outline-secondary" href="/contacts/<?cs var:Id ?>/consents">Newest</a> <?cs /if ?><?cs if:Older ?><a class="btn btn-outline-secondary" href="/contacts/<?cs var:Id ?>/consents?after=<?cs var:Older ?>">Older</a><?cs /if ?></p><?cs /if ?>
<?cs include!"_foot.cs" ?>
