<?cs set:Wide = "1" ?><?cs set:Style = "contacts" ?><?cs include!"_head.cs" ?><?cs

def:empty_fields(list) ?><?cs if:subcount(list) ?>
<p class="empty-fields">Empty: <?cs each:one = list ?><?cs if:!first(one) ?>, <?cs /if ?><bdi><?cs var:one.Label ?></bdi><?cs /each ?></p><?cs /if ?><?cs /def ?>
<div class="title-row">
<h1><bdi><?cs var:Title ?></bdi></h1>
<div class="actions"><?cs if:CanEdit && !TrashedAt ?>
<a class="btn btn-primary" href="/contacts/<?cs var:Id ?>/edit">Edit</a>
<a class="btn btn-outline-secondary" href="/contacts/<?cs var:Id ?>/merge">Merge with…</a>
<a class="btn btn-outline-secondary" href="/contacts/<?cs var:Id ?>/delete">Delete</a><?cs /if ?><?cs if:CanAdmin ?>
<a class="btn btn-outline-secondary" href="/privacy/<?cs var:Id ?>">Data of this person</a><?cs /if ?>
</div>
</div><?cs if:TrashedAt ?>
<div class="notice notice-warn">
<p class="notice-title">This contact is in the trash.</p>
<p><?cs if:MergedInto ?>It was merged into <a href="/contacts/<?cs var:MergedInto ?>">contact <?cs var:MergedInto ?></a>. <?cs /if ?>It was moved there <?cs call:time(TrashedAt) ?><?cs if:TrashedBy ?> by <bdi><?cs var:TrashedBy ?></bdi><?cs /if ?>. It is in no list, and its tags and segments come back when it is restored.</p><?cs if:CanEdit ?>
<form method="post" action="/contacts/<?cs var:Id ?>/restore"><?cs call:csrf() ?>
<div class="actions"><button class="btn btn-primary" type="submit">Restore</button><?cs if:CanPurge ?>
<a class="btn btn-outline-secondary" href="/trash?ask=purge&amp;id=<?cs var:Id ?>">Delete for good</a><?cs /if ?>
<a class="btn btn-outline-secondary" href="/trash">See the trash</a></div>
</form><?cs /if ?>
</div><?cs /if ?>
<p class="contact-line"><?cs if:Active ?><?cs call:badge("good", "Active") ?><?cs else ?><?cs call:badge("plain", "Inactive") ?><?cs /if ?> <span class="soft"><?cs if:LastActive ?>last message <?cs call:time(LastActive) ?><?cs else ?>no message yet<?cs /if ?></span></p>
<div class="state-line">
<span>State: <?cs if:State ?><?cs call:badge(StateDot, State) ?><?cs else ?><span class="soft">none</span><?cs /if ?></span><?cs if:CanEdit && subcount(NextStates) ?>
<form class="state-buttons" method="post" action="/contacts/<?cs var:Id ?>/state" aria-label="Set the state"><?cs call:csrf() ?><input type="hidden" name="version" value="<?cs var:Version ?>">
<span class="soft">set to</span><?cs each:one = NextStates ?>
<button class="btn btn-sm btn-outline-secondary" type="submit" name="state" value="<?cs var:one.Key ?>"><?cs var:one.Label ?></button><?cs /each ?>
</form><?cs /if ?>
</div>
<div class="contact-columns">
<div><?cs each:group = Groups ?>
<section class="panel">
<h2><?cs var:group.Title ?></h2><?cs if:subcount(group.Fields) ?>
<dl class="facts"><?cs each:field = group.Fields ?>
<div><dt><?cs var:field.Label ?></dt><dd><?cs if:field.Time ?><?cs call:time_exact(field.Time) ?><?cs else ?><bdi><?cs var:field.Value ?></bdi><?cs /if ?></dd></div><?cs /each ?>
</dl><?cs /if ?><?cs call:empty_fields(group.Empty) ?>
</section><?cs /each ?>
<?cs include!"_consents.cs" ?><?cs if:subcount(Attributes) || subcount(EmptyAttributes) ?>
<section class="panel">
<h2>Attributes</h2><?cs if:subcount(Attributes) ?>
<dl class="facts"><?cs each:field = Attributes ?>
<div><dt><bdi><?cs var:field.Label ?></bdi></dt><dd><bdi><?cs var:field.Value ?></bdi></dd></div><?cs /each ?>
</dl><?cs /if ?><?cs call:empty_fields(EmptyAttributes) ?>
</section><?cs /if ?>
<section class="panel">
<h2>Tags, segments and campaigns</h2>
<dl class="facts">
<div><dt>Tags</dt><dd><?cs each:one = Tags ?><a class="label" href="<?cs var:url_validate(one.Path) ?>"><bdi><?cs var:one.Name ?></bdi></a> <?cs /each ?><?cs if:!subcount(Tags) ?><span class="soft">none</span><?cs /if ?></dd></div>
<div><dt>Segments</dt><dd><?cs each:one = Segments ?><a class="label" href="<?cs var:url_validate(one.Path) ?>"><bdi><?cs var:one.Name ?></bdi></a> <?cs /each ?><?cs if:!subcount(Segments) ?><span class="soft">none</span><?cs /if ?></dd></div>
<div><dt>Campaigns</dt><dd><?cs each:one = Campaigns ?><a class="label" href="<?cs var:url_validate(one.Path) ?>"><bdi><?cs var:one.Name ?></bdi></a> <?cs /each ?><?cs if:!subcount(Campaigns) ?><span class="soft">none</span><?cs /if ?></dd></div>
</dl>
</section>
<section class="panel">
<h2>Record</h2>
<dl class="facts">
<div><dt>Number</dt><dd><?cs var:Id ?>, version <?cs var:Version ?></dd></div>
<div><dt>Created at</dt><dd><?cs call:time_exact(CreatedAt) ?><?cs if:CreatedBy ?>, by the <a href="/imports/<?cs var:CreatedBy ?>">import of <bdi><?cs var:CreatedImport.File ?></bdi></a><?cs /if ?></dd></div>
<div><dt>Last changed at</dt><dd><?cs call:time_exact(UpdatedAt) ?></dd></div>
<div><dt>Last active</dt><dd><?cs if:LastActive ?><?cs call:time_exact(LastActive) ?><?cs else ?><span class="soft">never</span><?cs /if ?></dd></div>
</dl>
</section><?cs if:!TrashedAt ?>
<?cs include!"_message_preview.cs" ?><?cs /if ?>
</div>
<?cs include!"_timeline.cs" ?>
</div>
<?cs include!"_foot.cs" ?>
