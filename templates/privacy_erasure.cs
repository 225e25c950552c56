<?cs set:Title = "Erasure" ?><?cs set:Style = "contacts" ?><?cs set:Script = "import" ?><?cs include!"_head.cs" ?>
<?cs call:crumb("/privacy", "Privacy") ?>
<?cs call:page_title(Title, Id) ?>
<div data-import-live data-state="<?cs if:Refresh ?>running<?cs else ?>done<?cs /if ?>"><?cs if:Done ?>
<div class="notice notice-good"><p class="notice-title" data-said>The person is erased.</p>
<p>Nothing of the person is in the book or in its kept files any more. Later files do not bring them back without a newer consent.</p></div><?cs else ?>
<div class="notice notice-warn"><p class="notice-title" data-said>The contact is gone. Kept files are still gone through.</p><?cs if:subcount(WaitsFor) ?>
<p>These imports are under way and have to end first:<?cs each:one = WaitsFor ?> <a href="/imports/<?cs var:one.Id ?>">import <?cs var:one.Id ?></a><?cs /each ?>. Meanwhile the person is kept out of them.</p><?cs else ?>
<p>You can leave this page: it goes on by itself.</p><?cs /if ?></div><?cs /if ?>
<dl class="facts panel">
<div><dt>Asked for</dt><dd><?cs call:time_exact(CreatedAt) ?><?cs if:Member ?> by <bdi><?cs var:Member ?></bdi><?cs /if ?></dd></div><?cs if:FinishedAt ?>
<div><dt>Done</dt><dd><?cs call:time_exact(FinishedAt) ?></dd></div><?cs /if ?>
<div><dt>Contact</dt><dd><?cs if:Contact ?>number <?cs var:Contact ?><?cs else ?>none in the book<?cs /if ?></dd></div>
</dl>
<h2>What was done</h2>
<div class="numbers"><?cs each:one = Counts ?><?cs call:number(one.Label, one.Count, "") ?><?cs /each ?></div>
<p><a class="btn btn-outline-secondary" href="/privacy">Back to Privacy</a></p>
</div>
<p class="visually-hidden" role="status" data-announce></p>
<?cs include!"_foot.cs" ?>
