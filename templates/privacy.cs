<?cs set:Title = "Privacy" ?><?cs set:Style = "contacts" ?><?cs include!"_head.cs" ?>
<?cs call:page_title(Title, "") ?>
<p class="intro">Find everything that there is of one person, hand it over, or erase it. Each look is kept in the <a href="/audit">audit log</a>. Who is kept out of files is on the <a href="/suppressions">list of suppressions</a>.</p><?cs if:OtherKey ?>
<div class="notice notice-bad" role="alert"><p class="notice-title">Nobody can be erased, and no file imported.</p><p><?cs var:OtherKey ?></p></div><?cs /if ?><?cs call:error_summary() ?>
<form class="panel narrow" method="post" action="/privacy"><?cs call:csrf() ?>
<?cs call:select_field("by", "Look by", Bys, By, "") ?>
<?cs call:text_field("value", "What the person gave", "text", Value, "off", "A phone number in any spelling, a whole e-mail address, or a whole id or username. The trash and merged contacts are looked through as well.") ?>
<div class="actions"><button class="btn btn-primary" type="submit">Find the person</button></div>
</form><?cs if:Nobody ?>
<div class="notice notice-warn"><?cs if:WasErased ?>
<p class="notice-title">The person was erased <?cs call:time(ListedAt) ?>.</p><?cs elif:ListedAt ?>
<p class="notice-title">Who had this has opted out <?cs call:time(ListedAt) ?>, and is kept out of files.</p><?cs else ?>
<p class="notice-title">No contact has it, but it may stand in imported files, in rows that did not get in.</p><?cs /if ?><?cs if:CanErase ?>
<p><?cs if:WasErased ?>Erasing it again goes through the files that came since.<?cs else ?>Erasing it goes through all kept files and keeps the person out of later ones.<?cs /if ?></p>
<form method="post" action="/privacy/erase"><?cs call:csrf() ?><input type="hidden" name="by" value="<?cs var:By ?>"><input type="hidden" name="value" value="<?cs var:Value ?>"><input type="hidden" name="ask" value="1">
<div class="actions"><button class="btn btn-outline-danger" type="submit">Erase it<?cs if:WasErased ?> again<?cs /if ?>…</button></div>
</form><?cs /if ?>
</div><?cs /if ?><?cs if:subcount(Candidates) ?>
<section aria-labelledby="candidates-title">
<h2 id="candidates-title"><?cs if:Former ?>Contacts that had this before<?cs else ?>Several people have this<?cs /if ?></h2><?cs if:Former ?>
<p class="hint">Make sure which of them it is: a number or an address that was corrected may never have been theirs.</p><?cs /if ?>
<ul class="plain-list"><?cs each:one = Candidates ?>
<li><a href="/privacy/<?cs var:one.Id ?>"><bdi><?cs var:one.Name ?></bdi></a> <span class="soft">number <?cs var:one.Id ?><?cs if:one.Phone ?>, <bdi><?cs var:one.Phone ?></bdi><?cs /if ?><?cs if:one.Email ?>, <bdi><?cs var:one.Email ?></bdi><?cs /if ?><?cs if:one.InTrash ?>, in the trash<?cs /if ?></span></li><?cs /each ?>
</ul>
</section><?cs /if ?>
<section aria-labelledby="erasures-title">
<h2 id="erasures-title">Erasures</h2><?cs if:subcount(Erasures) ?>
<div class="table-place" role="region" aria-label="List of erasures" tabindex="0">
<table class="table cards">
<caption class="visually-hidden">Erasures, newest first</caption>
<thead><tr><th scope="col">Erasure</th><th scope="col">When</th><th scope="col">By</th><th scope="col">Contact</th><th scope="col">Status</th></tr></thead>
<tbody><?cs each:one = Erasures ?>
<tr><td data-label="Erasure"><a href="/privacy/erasures/<?cs var:one.Id ?>">Erasure <?cs var:one.Id ?></a></td><td data-label="When" class="nowrap"><?cs call:time(one.At) ?></td><td data-label="By"><bdi><?cs var:one.Member ?></bdi></td><td data-label="Contact"><?cs if:one.Contact ?>number <?cs var:one.Contact ?><?cs else ?>no contact<?cs /if ?></td><td data-label="Status"><?cs if:one.Done ?><?cs call:badge("good", "Done") ?><?cs else ?><?cs call:badge("busy", "Running") ?><?cs /if ?></td></tr><?cs /each ?>
</tbody></table></div><?cs else ?><?cs call:empty_state("Nobody was erased yet.") ?><?cs call:empty_state_end() ?><?cs /if ?>
</section>
<?cs include!"_foot.cs" ?>
