<?cs # _save_filter.cs: the filter of the list as a dynamic segment (SPDX-License-Identifier: MIT)

contacts.cs includes it when FilterText is something that can be kept. Editing
is the name of the dynamic segment whose filter is being changed.
?><?cs if:Editing ?>
<form class="save-filter" method="post" action="/segments"><?cs call:csrf() ?>
<input type="hidden" name="action" value="filter"><input type="hidden" name="which" value="<?cs var:Editing ?>"><input type="hidden" name="filter" value="<?cs var:FilterText ?>">
<p>You are changing the filter of the segment <bdi><?cs var:Editing ?></bdi>: show what it is to have, then save.</p>
<button class="btn btn-primary" type="submit">Save to the segment</button> <a class="btn btn-outline-secondary" href="/segments">Leave it as it was</a>
</form><?cs else ?>
<details class="save-filter">
<summary>Save as segment</summary>
<form method="post" action="/segments"><?cs call:csrf() ?>
<input type="hidden" name="action" value="save"><input type="hidden" name="filter" value="<?cs var:FilterText ?>">
<div class="field">
<label class="form-label" for="segment-name">Name of the segment</label>
<div class="joined"><input class="form-control" id="segment-name" name="name" dir="auto" autocomplete="off" required>
<button class="btn btn-primary" type="submit">Save</button></div>
<div class="form-text">A dynamic segment: it always has the contacts that match these conditions at the time.</div>
</div>
</form>
</details><?cs /if ?>
