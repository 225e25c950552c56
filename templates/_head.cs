<?cs # _head.cs: a page down to its contents (SPDX-License-Identifier: MIT)

A page begins and ends so; Title becomes the document's title, and the page
prints its own h1 with call:page_title(Title, ""):

  set:Title = "Team", include!"_head.cs", contents, include!"_foot.cs"

A handler can set Title instead (a contact's name). Scripts of a page alone:
set:Script = "import" loads /static/import.js, set:Style = "import" its css.
Refresh: seconds after which a browser without scripts shows the page anew.
Wide = "1" uses the whole width.
?><?cs include!"_macros.cs" ?><!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title><?cs if:subcount(Errors) ?>Error: <?cs /if ?><?cs var:Title ?> – <?cs var:Book ?></title>
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/bootstrap5/css/bootstrap.min.css">
<link rel="stylesheet" href="/static/rubrica.css">
<link rel="stylesheet" href="/static/tables.css">
<link rel="stylesheet" href="/static/controls.css"><?cs if:Style ?>
<link rel="stylesheet" href="/static/<?cs var:Style ?>.css"><?cs /if ?><?cs if:Refresh ?>
<noscript><meta http-equiv="refresh" content="<?cs var:Refresh ?>"></noscript><?cs /if ?>
<script src="/static/rubrica.js" defer></script><?cs if:Script ?>
<script src="/static/<?cs var:Script ?>.js" defer></script><?cs /if ?>
</head>
<body<?cs if:!string.length(Member.Name) ?> class="outside"<?cs /if ?>>
<a class="skip-link" href="#main">Skip to the contents</a><?cs if:string.length(Member.Name) ?>
<header class="top-bar">
<a class="book" href="/"><bdi><?cs var:Book ?></bdi></a>
<details class="menu">
<summary>Menu</summary>
<div class="menu-box">
<nav aria-label="Main"><?cs call:nav_links() ?></nav><?cs call:member_box() ?>
</div>
</details>
</header>
<header class="side-bar">
<a class="book" href="/"><bdi><?cs var:Book ?></bdi></a>
<nav aria-label="Main"><?cs call:nav_links() ?></nav><?cs call:member_box() ?>
</header><?cs else ?>
<header class="outside-bar"><span class="book"><bdi><?cs var:Book ?></bdi></span></header><?cs /if ?>
<main id="main" tabindex="-1"<?cs if:Wide ?> class="wide"<?cs /if ?>>
<div role="status" class="flash-place"><?cs if:Flash ?>
<div class="notice notice-good flash"><p><?cs var:Flash ?></p></div><?cs /if ?>
</div><?cs if:subcount(Running) ?>
<ul class="running"><?cs each:one = Running ?>
<li><a href="<?cs var:url_validate(one.Path) ?>"><bdi><?cs var:one.Words ?></bdi></a> <?cs if:one.Waiting ?>waits for its turn<?cs else ?><progress max="100" value="<?cs var:one.Percent ?>" aria-label="Progress: <?cs var:one.Words ?>"><?cs var:one.Percent ?> %</progress> <?cs var:one.Done ?> of <?cs var:one.Total ?> <?cs var:one.What ?><?cs /if ?></li><?cs /each ?>
</ul><?cs /if ?><?cs if:subcount(Trouble) ?>
<ul class="running trouble"><?cs each:one = Trouble ?>
<li><?cs var:one.Text ?> <a href="<?cs var:url_validate(one.Path) ?>"><?cs var:one.Link ?></a></li><?cs /each ?>
</ul><?cs /if ?>
