<?cs set:Title = "Audit" ?><?cs set:Wide = "1" ?><?cs set:Style = "audit" ?><?cs include!"_head.cs" ?>
<div class="title-row"><?cs call:page_title(Title, "") ?><?cs if:!Problem ?><div class="actions"><a class="btn btn-outline-secondary" href="/audit.csv<?cs var:Query ?>"><?cs if:Filtered ?>Export these entries<?cs else ?>Export<?cs /if ?></a></div><?cs /if ?></div>
<p class="intro">Who did what, and when. Entries are only ever added: nobody can change them or take them away here.</p>
<?cs if:Problem && !subcount(Errors) ?><div class="notice notice-bad" role="alert"><p><?cs var:Problem ?></p></div><?cs /if ?><?cs call:error_summary() ?>
<form method="get" action="/audit" class="audit-filter" role="search" aria-label="Entries">
<?cs call:select_field("member", "Who", Members, Value.member, "") ?>
<?cs call:select_field("action", "What", Actions, Value.action, "") ?>
<?cs call:text_field("from", "From day", "date", Value.from, "off", "") ?>
<?cs call:text_field("to", "To day", "date", Value.to, "off", "") ?>
<?cs call:text_field("q", "Words", "search", Value.q, "off", "") ?>
<details class="audit-more"<?cs if:More ?> open<?cs /if ?>><summary>More conditions</summary>
<?cs call:text_field("subject", "About", "text", Value.subject, "off", "For example: contact 7, import 12, book.name") ?>
<?cs call:text_field("address", "From address", "text", Value.address, "off", "For example: 192.0.2.1") ?>
<?cs call:text_field("token", "API token", "text", Value.token, "off", "Its number") ?>
</details>
<div class="filter-buttons"><button class="btn btn-outline-secondary" type="submit">Filter</button><?cs if:Filtered ?> <a class="btn btn-link" href="/audit">Clear</a><?cs /if ?></div>
</form>
<?cs if:subcount(Entries) ?>
<div class="table-place" role="region" aria-label="Entries" tabindex="0">
<table class="table cards audit">
<caption class="visually-hidden">Entries of the audit log, newest first</caption>
<thead><tr><th scope="col">When</th><th scope="col" class="who">Who</th><th scope="col">What</th><th scope="col">About</th><th scope="col" class="from">From address</th></tr></thead>
<tbody><?cs each:entry = Entries ?>
<tr>
<td data-label="When" class="nowrap"><?cs call:time_exact(entry.At) ?></td>
<td data-label="Who"><bdi><?cs var:entry.Who ?></bdi><?cs if:entry.Token ?> <small class="by-token">by the token <a href="/audit?token=<?cs var:entry.TokenId ?>"><bdi><?cs var:entry.Token ?></bdi></a></small><?cs /if ?></td>
<td data-label="What"><div><?cs var:entry.What ?><?cs if:entry.Details ?>: <bdi class="details"><?cs var:entry.Details ?></bdi><?cs /if ?> <code><?cs var:entry.Action ?></code></div></td>
<td data-label="About"><?cs if:entry.Path ?><a href="<?cs var:url_validate(entry.Path) ?>"><bdi><?cs var:entry.Subject ?></bdi></a><?cs else ?><bdi><?cs var:entry.Subject ?></bdi><?cs /if ?></td>
<td data-label="From address"><?cs var:entry.Address ?></td>
</tr><?cs /each ?>
</tbody></table></div>
<?cs elif:!Problem && !LookedBackTo ?>
<?cs if:Filtered ?><?cs call:empty_state("No entry matches.") ?><a class="btn btn-outline-secondary" href="/audit">Show all entries</a><?cs call:empty_state_end() ?><?cs else ?><?cs call:empty_state("There is no older entry.") ?><?cs call:empty_state_end() ?><?cs /if ?>
<?cs /if ?>
<?cs if:LookedBackTo ?><p role="status">Searched back to <?cs call:time_exact(LookedBackTo) ?>. There are older entries: <em>Next</em> searches on.</p><?cs /if ?>
<?cs call:pager(Pager.First, "", Pager.Next) ?>
<?cs include!"_foot.cs" ?>
