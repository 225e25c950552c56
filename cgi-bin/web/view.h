/* view.h: the data of a page, and its rendering by ClearSilver */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_VIEW_H
#define WEB_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/conf.h"
#include "base/err.h"
#include "base/str.h"

/*
 * view.c is the one file that includes ClearSilver.h. Templates are parsed at
 * start (all of templates/ *.cs, but those that begin with '_', which are
 * included), with html escaping as the default mode.
 *
 * The data is a tree; names are relative to a node ("Contact.Name"). Values
 * are copied. User text goes into values, never into names.
 */
struct views; /* all templates, for the life of the process */
struct view;  /* the data of one response */
struct node;  /* a place in the tree (ClearSilver's HDF) */

/* Parses all templates; FAILED names the template and the line. */
enum status views_load(struct views **out, const struct conf *c, struct err *e);
void views_free(struct views *v);
/* The i-th name, in alphabetical order; NULL after the last. */
const char *views_name(const struct views *v, size_t i);

struct view *view_new(void);
void view_free(struct view *v);
struct node *view_root(struct view *v);
/* Renders the template `name` ("contact_edit") into out. */
enum status view_render(struct views *all, struct view *v, const char *name,
    struct str *out, struct err *e);

void node_set(struct node *n, const char *name, const char *value);
void node_set_int(struct node *n, const char *name, int64_t value);
/* "1" or nothing: for `if`. */
void node_set_flag(struct node *n, const char *name, int value);
/* "4,182": thousands separated, for people. */
void node_set_count(struct node *n, const char *name, uint64_t value);
/* A value as the book keeps it: a moment as "31 Oct 2022, 14:00" (in UTC, with
 * its seconds where there are), anything else as it is. */
void node_set_value(struct node *n, const char *name, const char *value);
/* name: ISO time; name.Text: "23 Nov 2026, 14:05"; name.Ago: "3 hours ago" (of
 * `now`). Nothing is set for 0. */
void node_set_time(struct node *n, const char *name, int64_t ms, int64_t now);
/* The child of that name, made when it is not there. */
struct node *node_child(struct node *n, const char *name);
/* A new row of the list `name`: its children are 0, 1, 2, ... */
struct node *node_add(struct node *n, const char *name);
/* A message at a form field: "Error.<field>", and a row {Field, Text} of the
 * list "Errors" for the summary on top. field "" is for the form as a whole.
 * The field must be an identifier of ours. */
void view_error(struct view *v, const char *field, const char *text);

#endif
