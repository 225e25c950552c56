/* settings.c: the settings of the book */
/* SPDX-License-Identifier: MIT */
#include "domain/settings.h"
#include "domain/retention.h"

#include <string.h>

#include "base/clock.h"
#include "base/country.h"
#include "base/phone.h"
#include "base/str.h"
#include "web/routes.h"

#define MEGABYTE (1u << 20)

/* The form's field of each setting: a name that a template can write. */
static const struct {
	const char *field;
	const char *setting;
	bool megabytes; /* shown and entered so, stored in bytes */
} fields[] = {
    {"name", "book.name", false},
    {"country", "book.country", false},
    {"size_limit", "import.size_limit", true},
    {"row_limit", "import.row_limit", false},
    {"trash_days", "trash.days", false},
    {"trash_import", "trash.import", false},
    {"files_days", "retention.files_days", false},
    {"uploads_days", "retention.uploads_days", false},
    {"messages_days", "retention.messages_days", false},
    {"events_days", "retention.events_days", false},
    {"stop_words", "consent.stop_words", false},
    {"hooks_days", "hooks.days", false},
    {"app_secret", "whatsapp.app_secret", false},
    {"verify_token", "whatsapp.verify_token", false},
};
#define FIELDS (sizeof(fields) / sizeof(*fields))

static void fill_countries(struct request *rq, struct node *root)
{
	struct node *row = node_add(root, "Countries");

	node_set(row, "Value", "");
	node_set(row, "Label", "None: numbers need their country code");
	for (const struct country *c = countries; c->code; c++) {
		unsigned code = phone_calling_code(c->code);

		if (!code)
			continue;
		row = node_add(root, "Countries");
		node_set(row, "Value", c->code);
		node_set(row, "Label",
		    arena_printf(rq->arena, "%s (+%u)", c->name, code));
	}
}

static void fill_trash(struct node *root)
{
	static const char *const options[][2] = {
	    {"restore", "Restore it with the row's values"},
	    {"skip", "Leave it there and skip the row"},
	};

	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++) {
		struct node *row = node_add(root, "TrashImports");

		node_set(row, "Value", options[i][0]);
		node_set(row, "Label", options[i][1]);
	}
}

/* Retention.files {Due, LastDeleted, LastAt} and so on. */
static enum status fill_retention(
    struct request *rq, struct node *root, struct err *e)
{
	struct node *all = node_child(root, "Retention");
	enum status st = STATUS_OK;

	for (const struct retention_rule *r = retention_rules;
	     r->name && st == STATUS_OK; r++) {
		struct node *n = node_child(all, r->name);
		struct retention_state now = {0};

		st = retention_state(rq->db, r, &now, e);
		if (now.due)
			node_set_count(n, "Due", now.due);
		node_set_flag(n, "More", now.due >= RETENTION_DUE_MAX);
		node_set_count(n, "LastDeleted", now.run.last_deleted);
		node_set_time(n, "LastAt", now.run.last_at, clock_now());
	}
	return st;
}

static bool is_secret(size_t i)
{
	return setting_find(fields[i].setting)->kind == SETTING_SECRET;
}

/* A secret is never shown: the help says whether there is one. */
static const char *secret_help(bool is_set, const char *field)
{
	if (is_set)
		return "One is set. Leave this empty to keep it.";
	return str_equal(field, "app_secret")
		   ? "With it WhatsApp signs what it sends. Without one, every"
		     " event is refused."
		   : "A word of your choice, the same here and at Meta, for the"
		     " subscription.";
}

static const char *shown(struct request *rq, size_t i, const char *value)
{
	unsigned long long n;

	if (!fields[i].megabytes || !str_to_u64(value, &n))
		return value;
	return arena_printf(rq->arena, "%llu", n / MEGABYTE);
}

static enum status show(struct request *rq, struct response *rs, struct err *e)
{
	struct node *form = node_child(view_root(rs->view), "Form");

	fill_countries(rq, view_root(rs->view));
	fill_trash(view_root(rs->view));
	for (size_t i = 0; i < FIELDS; i++) {
		const char *value = form_find(&rq->form, fields[i].field);
		enum status st;

		if (value && !is_secret(i)) {
			node_set(form, fields[i].field, value);
			continue;
		}
		st = setting_get(
		    rq->db, rq->arena, fields[i].setting, &value, e);
		if (st != STATUS_OK)
			return st;
		if (is_secret(i))
			node_set(node_child(view_root(rs->view), "Help"),
			    fields[i].field,
			    secret_help(*value, fields[i].field));
		else
			node_set(form, fields[i].field, shown(rq, i, value));
	}
	return fill_retention(rq, view_root(rs->view), e);
}

/* What is to be stored for a field; NULL when it was not sent. */
static const char *entered(struct request *rq, size_t i)
{
	const char *value;
	unsigned long long n;

	if (!form_find(&rq->form, fields[i].field))
		return NULL;
	value = form_trimmed(rq->arena, &rq->form, fields[i].field);
	if (is_secret(i) && !*value) /* left as it is */
		return NULL;
	if (fields[i].megabytes && str_to_u64(value, &n) && n < 1000000)
		return arena_printf(rq->arena, "%llu", n * MEGABYTE);
	return value;
}

static const char *problem_of(struct request *rq, size_t i, const char *value)
{
	const struct setting *s = setting_find(fields[i].setting);

	if (!settings_problem(rq->arena, s, value))
		return NULL;
	if (fields[i].megabytes)
		return arena_printf(rq->arena,
		    "Enter a whole number of megabytes from 1 to %llu.",
		    (unsigned long long)s->max / MEGABYTE);
	return settings_problem(rq->arena, s, value);
}

static bool check(struct request *rq, struct response *rs)
{
	bool right = true;

	for (size_t i = 0; i < FIELDS; i++) {
		const char *value = entered(rq, i);
		const char *problem = value ? problem_of(rq, i, value) : NULL;

		if (!problem)
			continue;
		view_error(rs->view, fields[i].field, problem);
		right = false;
	}
	return right;
}

static enum status store(struct db *db, void *arg, struct err *e)
{
	struct request *rq = arg;
	enum status st = STATUS_OK;

	for (size_t i = 0; i < FIELDS && st == STATUS_OK; i++) {
		const char *value = entered(rq, i);
		const char *problem;

		if (value)
			st = settings_change(db, rq->arena, &rq->actor,
			    fields[i].setting, value, &problem, e);
	}
	return st;
}

enum status page_settings(
    struct request *rq, struct response *rs, struct err *e)
{
	enum status st;

	if (rq->method == METHOD_GET)
		return show(rq, rs, e);
	if (!check(rq, rs)) {
		st = show(rq, rs, e);
		return st == STATUS_OK ? STATUS_INVALID : st;
	}
	st = db_transact(rq->db, store, rq, e);
	if (st != STATUS_OK)
		return st;
	response_flash(rq, "The settings are saved.");
	return response_redirect(rq, rs, "/settings");
}
