<?cs set:Title = "Columns" ?><?cs set:Style = "contacts" ?><?cs include!"_head.cs" ?><?cs

def:column_box(column, ticked) ?><input class="form-check-input" id="column-<?cs var:column.Id ?>" name="column" type="checkbox" value="<?cs var:column.Key ?>"<?cs if:ticked ?> checked<?cs /if ?>>
<label class="form-check-label" for="column-<?cs var:column.Id ?>"><bdi><?cs var:column.Label ?></bdi></label><?cs /def ?>
<?cs call:page_title("Columns of your list", "") ?>
<?cs call:error_summary() ?>
<p>What is ticked here is what your list of contacts shows, from left to right. It is yours alone: other members choose for themselves.</p>
<form class="columns-form" method="post" action="<?cs var:url_validate(Action) ?>"><?cs call:csrf() ?>
<div class="actions"><button class="btn btn-primary" type="submit">Use these columns</button>
<a class="btn btn-outline-secondary" href="<?cs var:url_validate(Back) ?>">Back to the list</a>
<button class="btn btn-outline-secondary" type="submit" name="default" value="1">Default columns</button></div>
<fieldset class="panel">
<legend>Shown, in this order</legend>
<ol class="columns-shown"><?cs each:column = Shown ?>
<li><span class="form-check"><?cs call:column_box(column, "1") ?></span><span class="columns-moves"><?cs if:!column.First ?><button class="btn btn-sm btn-outline-secondary" type="submit" name="up" value="<?cs var:column.Key ?>" aria-label="Move <?cs var:column.Label ?> up">↑</button><?cs /if ?><?cs if:!column.Last ?><button class="btn btn-sm btn-outline-secondary" type="submit" name="down" value="<?cs var:column.Key ?>" aria-label="Move <?cs var:column.Label ?> down">↓</button><?cs /if ?></span></li><?cs /each ?>
</ol>
</fieldset>
<div class="columns-groups"><?cs each:group = Groups ?>
<fieldset class="panel">
<legend><?cs var:group.Title ?></legend><?cs each:column = group.Columns ?>
<div class="form-check"><?cs call:column_box(column, "") ?></div><?cs /each ?>
</fieldset><?cs /each ?>
</div>
</form>
<?cs include!"_foot.cs" ?>
