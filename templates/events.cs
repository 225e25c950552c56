<?cs set:Title = "Events of WhatsApp" ?><?cs include!"_head.cs" ?>
<?cs call:crumb("/settings", "Settings") ?>
<?cs call:page_title(Title, "") ?>
<p class="intro">What WhatsApp told that nothing was done with: kinds that are not known here, or about somebody who is not in the book. Messages of contacts stand with the contacts.</p>
<?cs if:subcount(Events) ?>
<div class="table-place" role="region" aria-label="Events" tabindex="0">
<table class="table cards">
<caption class="visually-hidden">Events of WhatsApp, newest first</caption>
<thead><tr><th scope="col">When</th><th scope="col">Kind</th><th scope="col">Why it was left</th><th scope="col">Event</th></tr></thead>
<tbody><?cs each:event = Events ?>
<tr><td data-label="When" class="nowrap"><?cs call:time(event.At) ?></td><td data-label="Kind"><?cs var:event.Field ?></td><td data-label="Why it was left"><?cs var:event.Reason ?></td><td data-label="Event"><details><summary>Event <?cs var:event.Id ?></summary><pre><?cs var:event.Body ?></pre><?cs if:event.Cut ?><p class="form-text">Only the beginning is shown.</p><?cs /if ?></details></td></tr><?cs /each ?>
</tbody></table></div>
<?cs if:Older ?><p><a class="btn btn-outline-secondary" href="/events?before=<?cs var:Older ?>">Older</a></p><?cs /if ?>
<?cs else ?><?cs call:empty_state("There is none.") ?><?cs call:empty_state_end() ?><?cs /if ?>
<?cs include!"_foot.cs" ?>
