<?cs set:Title = "Team" ?><?cs include!"_head.cs" ?>
<?cs call:page_title(Title, Count) ?>
<p><a href="/tokens">API tokens of the team</a></p><?cs call:error_summary() ?><?cs if:Change.Id ?>
<section class="panel narrow" aria-labelledby="change-title">
<h2 id="change-title">Change <bdi><?cs var:Change.Name ?></bdi></h2>
<p class="hint-top"><?cs var:Change.Email ?><?cs if:Change.Disabled ?> – disabled<?cs /if ?></p>
<form class="field" method="post" action="/team"><?cs call:csrf() ?>
<input type="hidden" name="action" value="name"><input type="hidden" name="id" value="<?cs var:Change.Id ?>">
<label class="form-label" for="new_name">Name</label>
<div class="joined"><input class="form-control" id="new_name" name="name" dir="auto" autocomplete="off" value="<?cs var:Change.NewName ?>"<?cs if:Error.new_name ?> aria-invalid="true" aria-describedby="new_name-error"<?cs /if ?>>
<button class="btn btn-outline-secondary" type="submit">Save the name</button></div><?cs call:field_error("new_name") ?>
</form>
<form class="field" method="post" action="/team"><?cs call:csrf() ?>
<input type="hidden" name="action" value="role"><input type="hidden" name="id" value="<?cs var:Change.Id ?>">
<label class="form-label" for="new_role">Role</label>
<div class="joined"><select class="form-select" id="new_role" name="role"><?cs call:options_of(Roles, Change.Role) ?>
</select>
<button class="btn btn-outline-secondary" type="submit">Save the role</button></div><?cs call:field_error("new_role") ?>
</form>
<form class="field" method="post" action="/team"><?cs call:csrf() ?>
<input type="hidden" name="action" value="password"><input type="hidden" name="id" value="<?cs var:Change.Id ?>">
<input type="email" autocomplete="username" value="<?cs var:Change.Email ?>" hidden>
<label class="form-label" for="new_password">New password</label>
<div class="joined"><input class="form-control" id="new_password" name="password" type="password" autocomplete="new-password"<?cs if:Error.new_password ?> aria-invalid="true" aria-describedby="new_password-help new_password-error"<?cs else ?> aria-describedby="new_password-help"<?cs /if ?>>
<button class="btn btn-outline-secondary" type="submit">Set the password</button></div>
<div class="form-text" id="new_password-help">At least 10 characters. It ends the member's sessions elsewhere.</div><?cs call:field_error("new_password") ?>
</form>
<form class="field" method="post" action="/team"><?cs call:csrf() ?>
<input type="hidden" name="id" value="<?cs var:Change.Id ?>"><?cs if:Change.Disabled ?>
<input type="hidden" name="action" value="enable">
<button class="btn btn-outline-secondary" type="submit">Let <bdi><?cs var:Change.Name ?></bdi> log in again</button><?cs else ?>
<input type="hidden" name="action" value="disable">
<button class="btn btn-outline-danger" type="submit">Disable <bdi><?cs var:Change.Name ?></bdi></button>
<div class="form-text">Logs them out at once and stops their API tokens. What they did stays, and they can be let in again.</div><?cs /if ?><?cs call:field_error("access") ?>
</form>
<p><a href="/team">Close</a></p>
</section><?cs /if ?>
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
<td class="row-actions"><a href="/team?change=<?cs var:m.Id ?>" aria-label="Change <?cs var:m.Name ?>">Change</a></td>
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
