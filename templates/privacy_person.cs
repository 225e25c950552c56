<?cs set:Title = "Data of a person" ?><?cs set:Style = "contacts" ?><?cs include!"_head.cs" ?>
<?cs call:crumb("/privacy", "Privacy") ?>
<div class="title-row">
<h1><?cs var:Title ?>: <bdi><?cs var:Person.Name ?></bdi></h1>
<div class="actions">
<a class="btn btn-primary" href="/privacy/<?cs var:Person.Id ?>/data.json">Download as JSON</a>
<a class="btn btn-outline-danger" href="/privacy/erase?by=id&amp;value=<?cs var:Person.Id ?>">Erase this person…</a>
</div>
</div>
<p class="contact-line"><a href="/contacts/<?cs var:Person.Id ?>">Contact <?cs var:Person.Id ?></a><?cs if:Person.Phone ?>, <bdi><?cs var:Person.Phone ?></bdi><?cs /if ?><?cs if:Person.Email ?>, <bdi><?cs var:Person.Email ?></bdi><?cs /if ?><?cs if:Person.TrashedAt ?>, <?cs call:badge("warn", "In the trash") ?><?cs /if ?><?cs if:Person.Merged > #0 ?>. <?cs if:Person.Merged == #1 ?>Another contact was<?cs else ?><?cs var:Person.Merged ?> other contacts were<?cs /if ?> merged into it.<?cs /if ?></p>
<p class="hint">Everything that this book has of the person, as of <?cs call:time_exact(Now) ?> (UTC). To hand it over on paper, print this page.</p>
<div class="numbers"><?cs each:one = Person.Counts ?><?cs call:number(one.Label, one.Count, "") ?><?cs /each ?></div><?cs if:TooLong ?>
<div class="notice notice-warn"><p>There is more than a page can show. The file has all of it.</p></div><?cs /if ?><?cs if:Unsearched > #0 ?>
<div class="notice"><p>Not all kept files were looked through for rows that did not get in: <?cs var:Unsearched ?> are left. The JSON file takes longer and looks further.</p></div><?cs /if ?><?cs each:section = Sections ?>
<section class="panel person-data">
<h2><?cs var:section.Title ?><?cs if:section.Count ?> <span class="title-count"><?cs var:section.Count ?></span><?cs /if ?></h2><?cs if:!subcount(section.Items) ?>
<p class="soft">none</p><?cs /if ?><?cs each:item = section.Items ?><?cs if:item.Title ?>
<h3><?cs var:item.Title ?></h3><?cs /if ?>
<dl class="facts"><?cs each:row = item.Rows ?>
<div><dt><bdi><?cs var:row.Label ?></bdi></dt><dd><?cs if:row.Time ?><?cs call:time_exact(row.Time) ?><?cs else ?><bdi><?cs var:row.Value ?></bdi><?cs /if ?></dd></div><?cs /each ?>
</dl><?cs /each ?>
</section><?cs /each ?>
<?cs include!"_foot.cs" ?>
