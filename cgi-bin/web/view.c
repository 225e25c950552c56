/* view.c: the data of a page, and its rendering by ClearSilver */
/* SPDX-License-Identifier: MIT */
/*
 * Each template is parsed once, in a context of its own with a small data set
 * that holds the configuration. To render, the context's data is exchanged for
 * the page's and put back before anything else happens, also on failure.
 * Running out of memory in the library ends the process like our own does.
 */
#include "web/view.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ClearSilver.h>
/* The library's word for "no error" is one of ours too. */
#undef STATUS_OK

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"

#define NAME_MAX_SIZE 64

struct template
{
	char name[NAME_MAX_SIZE];
	CSPARSE *cs;
	HDF *base;
};

struct views {
	struct template *templates;
	size_t count;
};

struct view {
	HDF *root;
};

/* A node is the library's own, under another name. */
static HDF *hdf_of(struct node *n)
{
	return (HDF *)n;
}

/* Writes an error of the library into e and frees it. */
static enum status failure(NEOERR *err, const char *name, struct err *e)
{
	STRING text;

	string_init(&text);
	nerr_error_traceback(err, &text);
	for (char *p = text.buf; p && *p; p++)
		if (*p == '\n')
			*p = ' ';
	ERR(e, STATUS_FAILED, "template %s: %.400s", name,
	    text.buf ? text.buf : "unknown");
	string_clear(&text);
	nerr_ignore(&err);
	return STATUS_FAILED;
}

/* For what can only fail for want of memory. */
static void must(NEOERR *err)
{
	struct err e;

	if (!err)
		return;
	failure(err, "data", &e);
	log_fatal("%s", e.message);
}

/* --- loading --- */

static enum status template_load(
    struct template *t, const char *folder, struct err *e)
{
	char file[NAME_MAX_SIZE + 4];
	NEOERR *err;

	must(hdf_init(&t->base));
	must(hdf_set_value(t->base, "Config.VarEscapeMode", "html"));
	must(hdf_set_value(t->base, "hdf.loadpaths.0", folder));
	err = cs_init(&t->cs, t->base);
	if (!err)
		err = cgi_register_strfuncs(t->cs);
	snprintf(file, sizeof(file), "%s.cs", t->name);
	if (!err)
		err = cs_parse_file(t->cs, file);
	return err ? failure(err, t->name, e) : STATUS_OK;
}

static int is_page(const struct dirent *d)
{
	size_t n = strlen(d->d_name);

	return n > 3 && n < NAME_MAX_SIZE && d->d_name[0] != '_' &&
	       d->d_name[0] != '.' && strcmp(d->d_name + n - 3, ".cs") == 0;
}

enum status views_load(struct views **out, const struct conf *c, struct err *e)
{
	char *folder = conf_home_path(c, "templates");
	struct dirent **entries = NULL;
	int n = scandir(folder, &entries, is_page, alphasort);
	struct views *v = xcalloc(1, sizeof(*v));
	enum status st = STATUS_OK;

	*out = v;
	if (n <= 0)
		st = ERR(e, STATUS_FAILED, "no templates in %s", folder);
	v->templates = xcalloc(n > 0 ? (size_t)n : 1, sizeof(*v->templates));
	for (int i = 0; i < n; i++) {
		struct template *t = &v->templates[v->count];
		size_t length = strlen(entries[i]->d_name) - 3;

		if (st == STATUS_OK) {
			memcpy(t->name, entries[i]->d_name, length);
			v->count++;
			st = template_load(t, folder, e);
		}
		free(entries[i]);
	}
	free(entries);
	free(folder);
	return st;
}

void views_free(struct views *v)
{
	if (!v)
		return;
	for (size_t i = 0; i < v->count; i++) {
		cs_destroy(&v->templates[i].cs);
		hdf_destroy(&v->templates[i].base);
	}
	free(v->templates);
	free(v);
}

/* --- rendering --- */

struct view *view_new(void)
{
	struct view *v = xcalloc(1, sizeof(*v));

	must(hdf_init(&v->root));
	return v;
}

void view_free(struct view *v)
{
	if (!v)
		return;
	hdf_destroy(&v->root);
	free(v);
}

struct node *view_root(struct view *v)
{
	return (struct node *)v->root;
}

static const struct template *find(const struct views *all, const char *name)
{
	for (size_t i = 0; i < all->count; i++)
		if (strcmp(all->templates[i].name, name) == 0)
			return &all->templates[i];
	return NULL;
}

static NEOERR *append(void *out, char *text)
{
	str_add(out, text, strlen(text));
	return NULL;
}

enum status view_render(struct views *all, struct view *v, const char *name,
    struct str *out, struct err *e)
{
	const struct template *t = find(all, name);
	NEOERR *err;

	if (!t)
		return ERR(e, STATUS_FAILED, "no template is called %s", name);
	t->cs->hdf = v->root;
	err = cs_render(t->cs, out, append);
	t->cs->hdf = t->base;
	if (err)
		return failure(err, name, e);
	if (out->full)
		return ERR(e, STATUS_FAILED, "the page %s is too large", name);
	return STATUS_OK;
}

const char *views_name(const struct views *all, size_t i)
{
	return i < all->count ? all->templates[i].name : NULL;
}

/* --- data --- */

void node_set(struct node *n, const char *name, const char *value)
{
	must(hdf_set_value(hdf_of(n), name, value ? value : ""));
}

void node_set_int(struct node *n, const char *name, int64_t value)
{
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)value);
	node_set(n, name, text);
}

void node_set_flag(struct node *n, const char *name, int value)
{
	if (value)
		node_set(n, name, "1");
}

void node_set_count(struct node *n, const char *name, uint64_t value)
{
	char digits[24];
	char text[32];
	int length =
	    snprintf(digits, sizeof(digits), "%llu", (unsigned long long)value);
	size_t k = 0;

	for (int i = 0; i < length; i++) {
		if (i && (length - i) % 3 == 0)
			text[k++] = ',';
		text[k++] = digits[i];
	}
	text[k] = '\0';
	node_set(n, name, text);
}

/* "3 hours ago", "in 2 days", "just now". */
static void ago_of(int64_t ms, int64_t now, char *out, size_t size)
{
	static const struct {
		int64_t seconds;
		const char *word;
	} units[] = {
	    {31557600, "year"},
	    {2629800, "month"},
	    {86400, "day"},
	    {3600, "hour"},
	    {60, "minute"},
	};
	int64_t span = (now - ms) / 1000;
	int64_t past = span < 0 ? -span : span;

	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		long long n = past / units[i].seconds;

		if (n == 0)
			continue;
		snprintf(out, size, "%s%lld %s%s%s", span < 0 ? "in " : "", n,
		    units[i].word, n == 1 ? "" : "s", span < 0 ? "" : " ago");
		return;
	}
	snprintf(out, size, "just now");
}

/* "3 Nov 2026, 14:05", or with seconds, of a moment as clock_format() writes
 * it. */
static void moment_text(const char *iso, bool seconds, char *text, size_t size)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	int month = (iso[5] - '0') * 10 + iso[6] - '0';

	snprintf(text, size, "%.2s %.3s %.4s, %.*s",
	    iso[8] == '0' ? iso + 9 : iso + 8, months + 3 * (month - 1), iso,
	    seconds ? 8 : 5, iso + 11);
	if (iso[8] == '0') /* "3 Nov", not "3T Nov" */
		memmove(text + 1, text + 2, strlen(text + 2) + 1);
}

void node_set_value(struct node *n, const char *name, const char *value)
{
	char iso[32];
	char text[48];
	int64_t ms;

	if (value && strlen(value) == 24 && clock_parse(value, false, &ms)) {
		clock_format(ms, iso);
		if (str_equal(value, iso)) {
			moment_text(iso, strncmp(iso + 17, "00", 2) != 0, text,
			    sizeof(text));
			value = text;
		}
	}
	node_set(n, name, value);
}

void node_set_time(struct node *n, const char *name, int64_t ms, int64_t now)
{
	struct node *child;
	char iso[32];
	char text[48];

	if (!ms)
		return;
	clock_format(ms, iso);
	node_set(n, name, iso);
	child = node_child(n, name);
	moment_text(iso, false, text, sizeof(text));
	node_set(child, "Text", text);
	ago_of(ms, now, text, sizeof(text));
	node_set(child, "Ago", text);
}

struct node *node_child(struct node *n, const char *name)
{
	HDF *child = NULL;

	must(hdf_get_node(hdf_of(n), name, &child));
	return (struct node *)child;
}

struct node *node_add(struct node *n, const char *name)
{
	HDF *list = hdf_of(node_child(n, name));
	HDF *row = NULL;
	char number[24];
	long next = 0;

	/* The library keeps last_child once there is a hash, and before that
	 * the list is short. */
	HDF *last = list->hash ? list->last_child : list->child;

	while (last && last->next)
		last = last->next;
	if (last)
		next = strtol(last->name, NULL, 10) + 1;
	snprintf(number, sizeof(number), "%ld", next);
	must(hdf_get_node(list, number, &row));
	return (struct node *)row;
}

void view_error(struct view *v, const char *field, const char *text)
{
	struct node *root = view_root(v);
	struct node *row = node_add(root, "Errors");

	if (*field)
		node_set(node_child(root, "Error"), field, text);
	node_set(row, "Field", field);
	node_set(row, "Text", text);
}
