<?cs set:Title = "Log in" ?><?cs include!"_head.cs" ?>
<div class="login-box">
<h1>Log in</h1><?cs if:subcount(Errors) ?>
<div class="notice notice-bad" role="alert"><?cs each:row = Errors ?><p><?cs var:row.Text ?></p><?cs /each ?></div><?cs /if ?>
<form method="post" action="/login"><?cs call:csrf() ?>
<input type="hidden" name="next" value="<?cs var:Form.next ?>"><?cs
call:text_field("email", "E-mail", "email", Form.email, "username", "") ?><?cs
call:text_field("password", "Password", "password", "", "current-password", "") ?>
<button class="btn btn-primary w-100" type="submit">Log in</button>
</form>
<p class="hint">No account, or the password is lost? An admin of the team can help.</p>
</div>
<?cs include!"_foot.cs" ?>
