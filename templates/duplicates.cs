<?cs set:Title = "Duplicates" ?><?cs set:Wide = "1" ?><?cs set:Style = "duplicates" ?><?cs include!"_head.cs" ?><?cs

def:twin(c) ?>
<div class="twin">
<p class="merge-name"><a href="/contacts/<?cs var:c.Id ?>"><bdi><?cs var:c.Title ?></bdi></a></p>
<p><?cs if:c.Phone ?><bdi><?cs var:c.Phone ?></bdi><br><?cs /if ?><?cs if:c.Email ?><bdi><?cs var:c.Email ?></bdi><br><?cs /if ?><?cs if:c.UserId ?>User id <bdi><?cs var:c.UserId ?></bdi><br><?cs /if ?><?cs if:c.City ?><bdi><?cs var:c.City ?></bdi><br><?cs /if ?><span class="soft">created <?cs call:time(c.CreatedAt) ?></span></p><?cs if:subcount(c.Tags) ?>
<p><?cs each:tag = c.Tags ?><span class="label"><bdi><?cs var:tag.Name ?></bdi></span> <?cs /each ?></p><?cs /if ?>
</div><?cs /def ?><?cs

def:pair_form(row, action) ?><input type="hidden" name="action" value="<?cs var:action ?>"><input type="hidden" name="first" value="<?cs var:row.First.Id ?>"><input type="hidden" name="second" value="<?cs var:row.Second.Id ?>"><?cs /def ?>
<?cs call:crumb("/contacts", "Contacts") ?>
<div class="title-row">
<h1>Duplicates<?cs if:Some ?> <span class="title-count"><?cs if:TotalMore ?>more than <?cs /if ?><?cs var:Total ?></span><?cs /if ?></h1>
<div class="actions"><?cs if:CanEdit && !Dismissed ?>
<form method="post" action="/duplicates"><?cs call:csrf() ?><input type="hidden" name="action" value="look"><button class="btn btn-outline-secondary" type="submit">Look again now</button></form><?cs /if ?><?cs if:Dismissed ?>
<a class="btn btn-outline-secondary" href="/duplicates">Back to the suggestions</a><?cs else ?>
<a class="btn btn-outline-secondary" href="/duplicates?dismissed=1">Not duplicates</a><?cs /if ?>
</div>
</div><?cs if:Dismissed ?>
<p class="lead">Of these somebody said that they are two people. They are not suggested any more.</p><?cs else ?>
<p class="lead">Contacts that may be the same person twice. Compare two of them, then merge them, or say that they are two people.</p>
<p class="soft"><?cs if:AsOf ?>As of <?cs call:time(AsOf) ?>.<?cs if:Looking ?> The book is being looked through again.<?cs /if ?><?cs elif:Looking ?>The book is being looked through for the first time: come back in a moment.<?cs else ?>The book was not looked through yet. That happens by itself.<?cs /if ?></p><?cs if:UnknownReason ?>
<div class="notice notice-warn" role="alert"><p>There is no such reason, so all suggestions are shown.</p></div><?cs /if ?><?cs if:Some ?>
<nav aria-label="Reasons">
<ul class="choices"><?cs each:one = Choices ?>
<li><a href="/duplicates<?cs if:one.Key ?>?reason=<?cs var:one.Key ?><?cs /if ?>"<?cs if:one.Here ?> aria-current="true"<?cs /if ?>><?cs var:one.Label ?></a></li><?cs /each ?>
</ul>
</nav><?cs /if ?><?cs /if ?><?cs if:subcount(Pairs) ?>
<ul class="pairs"><?cs each:row = Pairs ?>
<li class="panel pair">
<p class="reasons"><?cs each:one = row.Reasons ?><span class="label"><?cs var:one.Label ?></span> <?cs /each ?><?cs if:row.At ?><span class="soft">not a duplicate, said <?cs call:time(row.At) ?><?cs if:row.Who ?> by <bdi><?cs var:row.Who ?></bdi><?cs /if ?></span><?cs /if ?></p>
<div class="twins"><?cs call:twin(row.First) ?><?cs call:twin(row.Second) ?></div><?cs if:CanEdit ?>
<div class="actions"><?cs if:Dismissed ?>
<form method="post" action="/duplicates"><?cs call:csrf() ?><?cs call:pair_form(row, "take_back") ?><button class="btn btn-outline-secondary" type="submit" aria-label="Suggest <?cs var:row.First.Title ?> and <?cs var:row.Second.Title ?> again">Suggest again</button></form><?cs else ?>
<a class="btn btn-primary" href="/contacts/<?cs var:row.First.Id ?>/merge?with=<?cs var:row.Second.Id ?>" aria-label="Compare and merge <?cs var:row.First.Title ?> and <?cs var:row.Second.Title ?>">Compare and merge</a>
<form method="post" action="/duplicates"><?cs call:csrf() ?><?cs call:pair_form(row, "dismiss") ?><button class="btn btn-outline-secondary" type="submit" aria-label="Not a duplicate: <?cs var:row.First.Title ?> and <?cs var:row.Second.Title ?>">Not a duplicate</button></form><?cs /if ?>
</div><?cs /if ?>
</li><?cs /each ?>
</ul><?cs if:PastFirst ?><?cs set:First = "/duplicates" ?><?cs /if ?><?cs call:pager(First, "", Next) ?><?cs elif:Dismissed ?>
<?cs call:empty_state("Nobody has said of two contacts that they are two people.") ?><?cs call:empty_state_end() ?><?cs elif:Some ?>
<?cs call:empty_state("There is nothing more of this kind.") ?>
<a class="btn btn-primary" href="/duplicates">Show all suggestions</a><?cs call:empty_state_end() ?><?cs elif:AsOf ?>
<?cs call:empty_state("No two contacts look like the same person.") ?>
<a class="btn btn-primary" href="/contacts">Back to the contacts</a><?cs call:empty_state_end() ?><?cs /if ?>
<?cs include!"_foot.cs" ?>
