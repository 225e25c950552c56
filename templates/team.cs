<?cs set:Title = "Team" ?><?cs include!"_head.cs" ?>
<?cs call:page_title(Title, Count) ?>
<?cs call:error_summary() ?>
<div class="table-place" role="region" aria-label="Members" tabindex="0">
<table class="table cards">
<caption class="visually-hidden">Members of the team</caption>
<thead><tr><th scope="col">Name</th><th scope="col">E-mail</th><th scope="col">Role</th><th scope="col">State</th><th scope="col">Last login</th><th scope="col"><span class="visually-hidden">Change</span></th></tr></thead>
<tbody><?cs each:m = Members ?>
<tr>
<th scope="row" data-label="Name"><bdi><?cs var:m.Name ?></bdi><?cs if:m.Self ?> <small>(you)</small><?cs /if ?></th>
<td data-label="E-mail"><?cs var:m.Email ?></td>
<td data-label="Role"><?cs var:m.RoleLabel ?></td>
<td data-label="State"><?cs if:m.Disabled ?><?cs call:badge("plain", "disabled") ?><?cs else ?><?cs call:badge("good", "active") ?><?cs /if ?></td>
<td data-label="Last login"><?cs if:m.LastLogin ?><?cs call:time(m.LastLogin) ?><?cs else ?>never<?cs /if ?></td>
<td class="row-actions">
<details class="change"<?cs if:m.Open ?> open<?cs /if ?>>
<summary aria-label="Change <?cs var:m.Name ?>">Change</summary>
<div class="change-box"><?cs if:m.Open && RowError ?>
<div class="field-error"><?cs var:RowError ?></div><?cs /if ?>
<form method="post" action="/team"><?cs call:csrf() ?>
<input type="hidden" name="action" value="role"><input type="hidden" name="id" value="<?cs var:m.Id ?>">
<label class="form-label" for="role-<?cs var:m.Id ?>">Role</label>
<div class="joined"><select class="form-select" id="role-<?cs var:m.Id ?>" name="role"><?cs call:options_of(Roles, m.Role) ?>
</select>
<button class="btn btn-outline-secondary" type="submit">Save role</button></div>
</form>
<form method="post" action="/team"><?cs call:csrf() ?>
<input type="hidden" name="action" value="password"><input type="hidden" name="id" value="<?cs var:m.Id ?>">
<label class="form-label" for="password-<?cs var:m.Id ?>">New password</label>
<div class="joined"><input class="form-control" id="password-<?cs var:m.Id ?>" name="password" type="password" autocomplete="new-password" aria-describedby="password-<?cs var:m.Id ?>-help">
<button class="btn btn-outline-secondary" type="submit">Set password</button></div>
<div class="form-text" id="password-<?cs var:m.Id ?>-help">At least 10 characters. It ends the member's other sessions.</div>
</form>
<form method="post" action="/team"><?cs call:csrf() ?>
<input type="hidden" name="id" value="<?cs var:m.Id ?>"><?cs if:m.Disabled ?>
<input type="hidden" name="action" value="enable">
<button class="btn btn-outline-secondary" type="submit">Let <bdi><?cs var:m.Name ?></bdi> log in again</button><?cs else ?>
<input type="hidden" name="action" value="disable">
<button class="btn btn-outline-danger" type="submit">Disable <bdi><?cs var:m.Name ?></bdi></button>
<div class="form-text">Logs them out at once and stops their API tokens. What they did stays.</div><?cs /if ?>
</form>
</div>
</details>
</td>
</tr><?cs /each ?>
</tbody>
</table>
</div>
<form class="narrow" method="post" action="/team"><?cs call:csrf() ?>
<input type="hidden" name="action" value="add">
<fieldset class="panel">
<legend>Add a member</legend><?cs
call:text_field("name", "Name", "text", Form.name, "off", "") ?><?cs
call:text_field("email", "E-mail", "email", Form.email, "off", "They log in with it.") ?><?cs
call:text_field("password", "First password", "password", "", "new-password", "At least 10 characters. Tell it to them yourself: no mail is sent.") ?><?cs
call:select_field("role", "Role", Roles, Form.role, "Each role may do what the ones before it may.") ?>
<button class="btn btn-primary" type="submit">Add the member</button>
</fieldset>
</form>
<?cs include!"_foot.cs" ?>
