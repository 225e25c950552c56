<?cs # _contact_table.cs: the rows of the list of contacts, as contact_table_fill() gives them (SPDX-License-Identifier: MIT) ?><?cs

def:sort_head(head) ?><th scope="col"<?cs if:head.Amount ?> class="amount"<?cs /if ?><?cs if:head.Sort ?> aria-sort="<?cs var:head.Sort ?>"<?cs /if ?>><a class="sort" href="<?cs var:url_validate(head.Path) ?>"><bdi><?cs var:head.Label ?></bdi><span class="sort-mark" aria-hidden="true"><?cs if:head.Sort == "ascending" ?>▲<?cs elif:head.Sort == "descending" ?>▼<?cs else ?>↕<?cs /if ?></span></a></th><?cs /def ?><?cs

def:text_cell(cell) ?><?cs if:string.length(cell) ?><bdi class="cell"<?cs if:cell.Long ?> title="<?cs var:cell ?>"<?cs /if ?>><?cs var:cell ?></bdi><?cs /if ?><?cs /def ?><?cs

def:phone_cell(cell) ?><?cs if:cell ?><bdi><?cs var:cell ?></bdi><?cs elif:cell.Email ?><span class="soft mail" title="<?cs var:cell.Email ?>"><bdi><?cs var:cell.Email ?></bdi></span><?cs /if ?><?cs /def ?><?cs

def:tags_cell(cell) ?><?cs each:tag = cell.Tags ?><span class="label"><bdi><?cs var:tag.Name ?></bdi></span> <?cs /each ?><?cs if:cell.MoreTags ?><span class="soft">+<?cs var:cell.MoreTags ?></span><?cs /if ?><?cs /def ?>
<div class="table-place" role="region" aria-label="Contacts" tabindex="0">
<table class="table cards contacts">
<caption class="visually-hidden">Contacts, <?cs if:TotalMore ?>more than <?cs /if ?><?cs var:Total ?> in all</caption>
<thead><tr><?cs if:Selectable ?><td class="tick"><input class="form-check-input" type="checkbox" data-select-all="id" aria-label="Select all on this page"></td><?cs /if ?><?cs each:col = Columns ?><?cs call:sort_head(col) ?><?cs /each ?></tr></thead>
<tbody><?cs each:c = Contacts ?>
<tr><?cs if:Selectable ?><td class="tick"><input class="form-check-input" type="checkbox" name="id" value="<?cs var:c.Id ?>" form="bulk" aria-label="Select <?cs var:c.Title ?>"></td><?cs /if ?><?cs each:col = Columns ?>
<?cs if:col.Head ?><th scope="row" data-label="<?cs var:col.Label ?>"><a href="/contacts/<?cs var:c.Id ?>"><bdi class="cell"><?cs if:string.length(c.Cells[col.I]) ?><?cs var:c.Cells[col.I] ?><?cs else ?><?cs var:c.Title ?><?cs /if ?></bdi></a></th><?cs
elif:col.Text ?><td data-label="<?cs var:col.Label ?>"<?cs if:col.Amount ?> class="amount"<?cs /if ?>><?cs call:text_cell(c.Cells[col.I]) ?></td><?cs
elif:col.Time ?><td data-label="<?cs var:col.Label ?>" class="nowrap"><?cs call:time(c.Cells[col.I]) ?></td><?cs
elif:col.Phone ?><td data-label="<?cs var:col.Label ?>" class="nowrap plain"><?cs call:phone_cell(c.Cells[col.I]) ?></td><?cs
elif:col.Tags ?><td data-label="<?cs var:col.Label ?>" class="plain"><?cs call:tags_cell(c.Cells[col.I]) ?></td><?cs
elif:col.Status ?><td data-label="<?cs var:col.Label ?>" class="plain"><?cs if:c.Cells[col.I] ?><?cs call:badge("good", "Active") ?><?cs else ?><?cs call:badge("plain", "Inactive") ?><?cs /if ?></td><?cs
elif:col.State ?><td data-label="<?cs var:col.Label ?>" class="plain wrap"><?cs if:c.Cells[col.I] ?><?cs call:badge(c.Cells[col.I].Dot, c.Cells[col.I]) ?><?cs /if ?></td><?cs
else ?><td data-label="<?cs var:col.Label ?>" class="nowrap"><?cs call:time_exact(c.Cells[col.I]) ?></td><?cs /if ?><?cs /each ?>
</tr><?cs /each ?>
</tbody>
</table>
</div>
