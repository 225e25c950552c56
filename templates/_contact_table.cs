<?cs # _contact_table.cs: the rows of the list of contacts (SPDX-License-Identifier: MIT) ?><?cs

def:sort_head(head, label) ?><th scope="col"<?cs if:head.Sort ?> aria-sort="<?cs var:head.Sort ?>"<?cs /if ?>><a class="sort" href="<?cs var:url_validate(head.Path) ?>"><?cs var:label ?><span class="sort-mark" aria-hidden="true"><?cs if:head.Sort == "ascending" ?>▲<?cs elif:head.Sort == "descending" ?>▼<?cs else ?>↕<?cs /if ?></span></a></th><?cs /def ?>
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
</div>
