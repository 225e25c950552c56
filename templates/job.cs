<?cs set:Script = "import" ?><?cs set:Style = "import" ?><?cs include!"_head.cs" ?>
<?cs call:crumb("/jobs", "Changes of many contacts") ?>
<?cs call:page_title(Title, "") ?><?cs call:error_summary() ?>
<div data-import-live data-state="<?cs var:Job.State ?>"><?cs if:Job.Active ?>
<div class="progress-box"><?cs if:Job.Stopping ?>
<p data-said>The change stops after <?cs var:Job.Seen ?> of <?cs var:Job.Matched ?> contacts.</p><?cs elif:Job.State == "queued" ?>
<p data-said>Waiting to start: <?cs var:Job.Matched ?> contacts. It begins as soon as a worker is free.</p><?cs else ?>
<progress class="import-progress" max="<?cs var:Job.Matched.Number ?>" value="<?cs var:Job.Seen.Number ?>" aria-label="Contacts that are done"><?cs var:Job.Percent ?> %</progress>
<p data-said><strong><?cs var:Job.Seen ?></strong> of <?cs var:Job.Matched ?> contacts done (<?cs var:Job.Percent ?> %)</p><?cs /if ?>
<p>You can leave this page: the change goes on, and you find it under <a href="/jobs">Changes of many contacts</a>.</p><?cs if:CanEdit && !Job.Stopping && !Job.UndoesImport ?>
<form method="post" action="/jobs/<?cs var:Job.Id ?>"><?cs call:csrf() ?><input type="hidden" name="do" value="cancel">
<button class="btn btn-outline-danger" type="submit">Stop this change</button></form><?cs /if ?>
</div><?cs else ?>
<div class="outcome outcome-<?cs if:Job.UndoneBy ?>undone<?cs elif:Job.State == "done" ?>all<?cs else ?><?cs var:Job.State ?><?cs /if ?>"><?cs if:Job.UndoneBy ?>
<p class="lead">This change was undone: see <a href="/jobs/<?cs var:Job.UndoneBy ?>">change <?cs var:Job.UndoneBy ?></a>.</p>
<p>Before that, <?cs var:Job.Changed ?> of <?cs var:Job.Matched ?> contacts were changed.</p><?cs elif:Job.State == "done" ?>
<p class="lead"><?cs if:Job.Changed.Number == Job.Matched.Number ?><?cs if:Job.Matched.Number == #1 ?>The contact is changed.<?cs else ?>All <?cs var:Job.Matched ?> contacts are changed.<?cs /if ?><?cs else ?><?cs var:Job.Changed ?> of <?cs var:Job.Matched ?> contacts <?cs if:Job.Changed.Number == #1 ?>is<?cs else ?>are<?cs /if ?> changed.<?cs /if ?></p><?cs elif:Job.State == "cancelled" ?>
<p class="lead">The change was stopped.</p>
<p>What it did until then stays: <?cs var:Job.Changed ?> of <?cs var:Job.Matched ?> contacts are changed.</p><?cs else ?>
<p class="lead">The change stopped before its end.</p>
<p><?cs var:Job.Message ?></p>
<p>What it did until then stays: <?cs var:Job.Changed ?> of <?cs var:Job.Matched ?> contacts are changed.</p><?cs /if ?>
</div>
<div class="numbers"><?cs call:number("contacts", Job.Matched, "") ?><?cs call:number("changed", Job.Changed, "") ?><?cs call:number("unchanged", Job.Unchanged, "") ?><?cs call:number("kept as they were", Job.Kept, "") ?></div><?cs if:Job.CanUndo && CanEdit ?>
<form method="post" action="/jobs/<?cs var:Job.Id ?>"><?cs call:csrf() ?><input type="hidden" name="do" value="undo">
<p class="actions with-hint"><button class="btn btn-outline-secondary" type="submit">Undo this change</button> <span class="hint">What somebody changed since is kept, and listed.</span></p></form><?cs /if ?><?cs /if ?><?cs if:subcount(Kept) ?>
<section aria-labelledby="kept-title">
<h2 id="kept-title">Kept as they were</h2>
<ul><?cs each:k = Kept ?>
<li><a href="/contacts/<?cs var:k.Id ?>">Contact <?cs var:k.Id ?></a><?cs if:k.Field ?>, <bdi><?cs var:k.Field ?></bdi><?cs /if ?>: <?cs var:k.Reason ?></li><?cs /each ?>
</ul><?cs if:Job.Kept.Number > #100 ?>
<p class="hint">These are the first of them.</p><?cs /if ?>
</section><?cs /if ?>
<h2>Details</h2>
<dl class="facts">
<div><dt>Begun</dt><dd><?cs call:time_exact(Job.CreatedAt) ?><?cs if:Job.Member ?> by <bdi><?cs var:Job.Member ?></bdi><?cs /if ?></dd></div><?cs if:Job.FinishedAt ?>
<div><dt>Ended</dt><dd><?cs call:time_exact(Job.FinishedAt) ?></dd></div><?cs /if ?><?cs if:Chosen ?>
<div><dt>Contacts</dt><dd>chosen one by one</dd></div><?cs elif:ListPath ?>
<div><dt>Contacts</dt><dd><?cs if:subcount(Chips) ?>those that matched: <a href="<?cs var:url_validate(ListPath) ?>"><?cs each:c = Chips ?><?cs if:c.Group ?><?cs var:c.Group ?>: <?cs /if ?><?cs var:c.Label ?> <bdi><?cs var:c.Value ?></bdi> <?cs /each ?></a><?cs else ?>all of the book<?cs /if ?></dd></div><?cs /if ?><?cs if:Job.UndoesImport ?>
<div><dt>Undoes</dt><dd><a href="/imports/<?cs var:Job.UndoesImport ?>">import <?cs var:Job.UndoesImport ?></a></dd></div><?cs elif:Job.Undoes ?>
<div><dt>Undoes</dt><dd><a href="/jobs/<?cs var:Job.Undoes ?>">change <?cs var:Job.Undoes ?></a></dd></div><?cs /if ?><?cs if:Job.How ?>
<div><dt>How consent was learned</dt><dd><bdi><?cs var:Job.How ?></bdi></dd></div><?cs /if ?>
</dl>
</div>
<p class="visually-hidden" role="status" data-announce></p>
<?cs include!"_foot.cs" ?>
