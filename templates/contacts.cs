<?cs set:Title = "Contacts" ?><?cs set:Wide = "1" ?><?cs set:Style = "contacts" ?><?cs include!"_head.cs" ?><?cs

def:sort_head(head, label) ?><th scope="col"<?cs if:head.Sort ?> aria-sort="<?cs var:head.Sort ?>"<?cs /if ?>><a class="sort" href="<?cs var:url_validate(head.Path) ?>"><?cs var:label ?><span class="sort-mark" aria-hidden="true"><?cs if:head.Sort == "ascending" ?>▲<?cs elif:head.Sort == "descending" ?>▼<?cs else ?>↕<?cs /if ?></span></a></th><?cs /def ?><?cs

def:kept(list) ?><?cs each:one = list ?><input type="hidden" name="<?cs var:one.Name ?>" value="<?cs var:one.Value ?>"><?cs /each ?><?cs if:Sort ?><input type="hidden" name="sort" value="<?cs var:Sort ?>"><?cs /if ?><?cs if:Dir ?><input type="hidden" name="dir" value="<?cs var:Dir ?>"><?cs /if ?><?cs /def ?>
<div class="title-row">
<h1>Contacts<?cs if:subcount(Contacts) ?> <span class="title-count"><?cs if:TotalMore ?>more than <?cs /if ?><?cs var:Total ?></span><?cs /if ?></h1>
<div class="actions"><?cs if:CanEdit ?>
<a class="btn btn-primary" href="/imports/new">Import</a>
<a class="btn btn-outline-secondary" href="/contacts/new">New contact</a><?cs /if ?><?cs if:subcount(Contacts) ?>
<a class="btn btn-outline-secondary" href="<?cs var:url_validate(Export) ?>" download>Export<?cs if:Filtered ?> these<?cs /if ?></a><?cs /if ?>
</div>
</div><?cs if:subcount(Ignored) ?>
<div class="notice notice-warn" role="alert">
<p class="notice-title">Left out, because it is not understood:</p>
<ul><?cs each:one = Ignored ?><li><bdi><?cs var:one.Name ?></bdi>: <?cs var:one.Text ?></li><?cs /each ?></ul>
</div><?cs /if ?><?cs if:subcount(Contacts) || Filtered || PastEnd ?>
<div class="list-tools">
<form class="search" method="get" action="/contacts" role="search"><?cs call:kept(SearchKeeps) ?>
<label class="visually-hidden" for="q">Search by name, number or e-mail</label>
<input class="form-control" id="q" name="q" type="search" dir="auto" value="<?cs var:Q ?>" placeholder="Name, number or e-mail"autocomplete="off">
<button class="btn btn-outline-secondary" type="submit">Search</button>
</form><?cs if:!FilterOpen ?>
<a class="btn btn-outline-secondary" href="<?cs var:url_validate(FilterPath) ?>">Filter</a><?cs /if ?>
</div><?cs if:FilterOpen ?>
<form class="panel filter" method="get" action="/contacts" aria-label="Filter"><?cs call:kept(FilterKeeps) ?><?cs if:Q ?><input type="hidden" name="q" value="<?cs var:Q ?>"><?cs /if ?>
<div class="fields"><?cs
call:select_field("status", "Status", Statuses, Filter.status, "") ?><?cs
call:select_field("state", "State", States, Filter.state, "") ?><?cs
call:select_field("segment", "Segment", Segments, Filter.segment, "") ?>
<div class="field"><label class="form-label" for="tag">Tag</label><input class="form-control" id="tag" name="tag" dir="auto" list="known-tags" value="<?cs var:Filter.tag ?>"><datalist id="known-tags"><?cs each:one = KnownTags ?><option value="<?cs var:one.Name ?>"></option><?cs /each ?></datalist></div><?cs
call:text_field("source", "Source", "text", Filter.source, "off", "") ?><?cs
call:text_field("city", "City", "text", Filter.city, "off", "") ?><?cs
call:select_field("whatsapp_opted", "WhatsApp opted", Opteds, Filter.whatsapp_opted, "") ?>
</div>
<div class="actions"><button class="btn btn-primary" type="submit">Show</button>
<a class="btn btn-outline-secondary" href="/contacts">Clear all</a></div>
</form><?cs /if ?><?cs if:subcount(Chips) ?>
<ul class="chips" aria-label="Conditions"><?cs each:chip = Chips ?>
<li class="chip"><span><?cs var:chip.Label ?>: <bdi><?cs var:chip.Value ?></bdi></span> <a href="<?cs var:url_validate(chip.Without) ?>" aria-label="Remove <?cs var:chip.Label ?>: <?cs var:chip.Value ?>">×</a></li><?cs /each ?>
<li><a href="/contacts">Clear</a></li>
</ul><?cs /if ?><?cs /if ?><?cs if:subcount(Contacts) ?>
<div class="table-place" role="region" aria-label="Contacts" tabindex="0">
<table class="table cards contacts">
<caption class="visually-hidden">Contacts, <?cs if:TotalMore ?>more than <?cs /if ?><?cs var:Total ?> in all</caption>
<thead><tr><?cs call:sort_head(Head.Name, "Name") ?><?cs call:sort_head(Head.Phone, "Mobile Number") ?><th scope="col">Tags</th><th scope="col">Source</th><th scope="col">Status</th><th scope="col">State</th><th scope="col">Last Active</th><?cs call:sort_head(Head.Created, "Created At") ?></tr></thead>
<tbody><?cs each:c = Contacts ?>
<tr>
<th scope="row" data-label="Name"><a href="/contacts/<?cs var:c.Id ?>"><bdi><?cs var:c.Title ?></bdi></a></th>
<td data-label="Mobile Number" class="nowrap own-line"><?cs if:c.Phone ?><bdi><?cs var:c.Phone ?></bdi><?cs elif:c.Email ?><span class="soft mail" title="<?cs var:c.Email ?>"><bdi><?cs var:c.Email ?></bdi></span><?cs /if ?></td>
<td data-label="Tags" class="own-line"><?cs each:tag = c.Tags ?><span class="label"><bdi><?cs var:tag.Name ?></bdi></span> <?cs /each ?><?cs if:c.MoreTags ?><span class="soft">+<?cs var:c.MoreTags ?></span><?cs /if ?></td>
<td data-label="Source" class="elsewhere"><?cs if:c.Source ?><bdi class="source" title="<?cs var:c.Source ?>"><?cs var:c.Source ?></bdi><?cs /if ?></td>
<td data-label="Status"><?cs if:c.Active ?><?cs call:badge("good", "Active") ?><?cs else ?><?cs call:badge("plain", "Inactive") ?><?cs /if ?></td>
<td data-label="State"><?cs var:c.State ?></td>
<td data-label="Last Active" class="nowrap"><?cs call:time(c.LastActive) ?></td>
<td data-label="Created At" class="nowrap elsewhere"><?cs call:time(c.CreatedAt) ?></td>
</tr><?cs /each ?>
</tbody>
</table>
</div><?cs call:pager(Pager.First, Pager.Previous, Pager.Next) ?><?cs elif:PastEnd ?>
<?cs call:empty_state("There is nothing on this page any more.") ?>
<a class="btn btn-primary" href="/contacts">Go to the first page</a><?cs call:empty_state_end() ?><?cs elif:Filtered ?>
<?cs call:empty_state("No contact has all of these conditions.") ?>
<a class="btn btn-primary" href="/contacts">Clear the conditions</a><?cs call:empty_state_end() ?><?cs else ?>
<?cs call:empty_state("There are no contacts in this book yet. Import the file that you have, or add the first one by hand.") ?><?cs if:CanEdit ?>
<a class="btn btn-primary" href="/imports/new">Import a file</a>
<a class="btn btn-outline-secondary" href="/contacts/new">Add a contact</a><?cs /if ?><?cs call:empty_state_end() ?><?cs /if ?>
<?cs include!"_foot.cs" ?>
