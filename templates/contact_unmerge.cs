<?cs if:Together ?><?cs set:Title = "Take the merge back" ?><?cs else ?><?cs set:Title = "Two contacts again" ?><?cs /if ?><?cs set:Style = "duplicates" ?><?cs include!"_head.cs" ?><?cs

def:merged_one(c) ?><?cs if:c.There ?><a href="/contacts/<?cs var:c.Id ?>"><bdi><?cs var:c.Title ?></bdi></a><?cs else ?>contact <?cs var:c.Id ?><?cs /if ?><?cs /def ?>
<?cs call:page_title(Title, "") ?>
<p class="lead"><?cs if:Together ?><?cs call:merged_one(Went) ?> went into <?cs call:merged_one(Stayed) ?><?cs else ?>The merge of <?cs call:merged_one(Stayed) ?> and <?cs call:merged_one(Went) ?> was taken back<?cs /if ?>, <?cs call:time(At) ?><?cs if:Who ?> by <bdi><?cs var:Who ?></bdi><?cs /if ?>.</p><?cs if:subcount(Kept) ?>
<section class="panel" aria-labelledby="kept">
<h2 id="kept">Left as it is</h2>
<p class="hint">These were changed since, or cannot go back. Change them by hand if they are to be otherwise.</p>
<ul><?cs each:one = Kept ?>
<li><a href="/contacts/<?cs var:one.Contact ?>">Contact <?cs var:one.Contact ?></a>, <strong><bdi><?cs var:one.Label ?></bdi></strong>: <bdi><?cs var:one.Reason ?></bdi></li><?cs /each ?>
</ul>
</section><?cs /if ?><?cs if:Together ?>
<p>Both contacts become what they were before the merge: fields, tags, segments and campaigns. What was changed since stays, and is listed.</p><?cs else ?>
<p>They can be merged again in the same way. What was changed since stays, and is listed.</p><?cs /if ?>
<form method="post" action="/contacts/<?cs var:Id ?>/unmerge"><?cs call:csrf() ?>
<input type="hidden" name="job" value="<?cs var:Job ?>"><input type="hidden" name="last" value="<?cs var:Last ?>">
<div class="actions"><button class="btn btn-primary" type="submit"><?cs if:Together ?>Make two contacts again<?cs else ?>Merge them again<?cs /if ?></button>
<a class="btn btn-outline-secondary" href="/contacts/<?cs var:Id ?>">Leave it as it is</a></div>
</form>
<?cs include!"_foot.cs" ?>
