/* retention.c: what is kept for a time only: files, messages, events */
/* SPDX-License-Identifier: MIT */
#include "domain/retention.h"

#include <inttypes.h>

#include "base/clock.h"
#include "domain/import/inspect.h"
#include "storage/audit_store.h"
#include "storage/session_store.h"
#include "storage/setting_store.h"

#define DAY_MS (24LL * 3600 * 1000)

/* --- what each rule deletes --- */

static enum status take_files(struct db *db, bool started, int64_t upto,
    const char *reason, size_t limit, uint64_t *count, struct err *e)
{
	struct retention_import *rows;
	int64_t now = clock_now();
	struct arena a;
	size_t n = 0;

	arena_init(&a);
	enum status st =
	    retention_imports(db, &a, started, upto, limit, &rows, &n, e);

	for (size_t i = 0; st == STATUS_OK && i < n; i++)
		st = retention_take_file(db, rows[i].id,
		    inspect_without_samples(&a, rows[i].columns), reason, now,
		    e);
	arena_release(&a);
	*count = n;
	return st;
}

static enum status delete_files(struct db *db, int64_t upto, uint64_t days,
    size_t limit, uint64_t *count, struct err *e)
{
	(void)days;
	return take_files(db, true, upto, NULL, limit, count, e);
}

static enum status delete_uploads(struct db *db, int64_t upto, uint64_t days,
    size_t limit, uint64_t *count, struct err *e)
{
	char reason[160];

	snprintf(reason, sizeof(reason),
	    "It was not started within %" PRIu64 " day%s of its upload, so it "
	    "was cancelled and its file deleted.",
	    days, days == 1 ? "" : "s");
	return take_files(db, false, upto, reason, limit, count, e);
}

static enum status delete_messages(struct db *db, int64_t upto, uint64_t days,
    size_t limit, uint64_t *count, struct err *e)
{
	(void)days;
	return retention_messages(db, upto, limit, count, e);
}

static enum status delete_events(struct db *db, int64_t upto, uint64_t days,
    size_t limit, uint64_t *count, struct err *e)
{
	(void)days;
	return retention_events(db, upto, limit, count, e);
}

const struct retention_rule retention_rules[] = {
    {"files", "retention.files_days", "files", delete_files, 100},
    {"uploads", "retention.uploads_days", "uploads", delete_uploads, 100},
    {"messages", "retention.messages_days", "messages", delete_messages, 500},
    {"events", "retention.events_days", "events", delete_events, 500},
    {NULL, NULL, NULL, NULL, 0},
};

/* --- the worker's turn --- */

struct turn_of_rule {
	const struct retention_rule *rule;
	uint64_t days;
	int64_t upto;
};

static int64_t upto_of(uint64_t days)
{
	return clock_now() - (int64_t)days * DAY_MS;
}

/* The run ends: one line of what it deleted. */
static enum status end_run(struct db *db, const struct turn_of_rule *t,
    uint64_t deleted, struct err *e)
{
	static const struct actor nobody = {.address = ""};
	struct arena a;
	enum status st = retention_finish(db, t->rule->name, deleted, e);

	if (st != STATUS_OK)
		return st;
	arena_init(&a);
	st = audit_add(db, &nobody,
	    arena_printf(&a, "retention.%s", t->rule->name), "retention",
	    arena_printf(&a, "%" PRIu64 " %s of %" PRIu64 " days or older",
		deleted, t->rule->things, t->days),
	    e);
	arena_release(&a);
	return st;
}

static enum status one_batch(struct db *db, void *arg, struct err *e)
{
	const struct turn_of_rule *t = arg;
	struct retention_run run = {0};
	uint64_t count = 0;
	enum status st = retention_hold(db, t->rule->name, &run, e);

	if (st == STATUS_OK)
		st = t->rule->batch(
		    db, t->upto, t->days, t->rule->limit, &count, e);
	if (st != STATUS_OK)
		return st;
	if (count == t->rule->limit)
		return retention_advance(db, t->rule->name, count, e);
	if (run.deleted + count)
		return end_run(db, t, run.deleted + count, e);
	return ERR(e, STATUS_NOT_FOUND, "nothing is over its time");
}

static enum status work_on(
    struct db *db, const struct retention_rule *rule, struct err *e)
{
	struct turn_of_rule t = {.rule = rule};
	enum status st = setting_get_u64(db, rule->setting, &t.days, e);

	if (st != STATUS_OK)
		return st;
	if (!t.days)
		return ERR(e, STATUS_NOT_FOUND, "it is kept for ever");
	t.upto = upto_of(t.days);
	return db_transact(db, one_batch, &t, e);
}

enum status retention_work(struct db *db, struct err *e)
{
	enum status st = retention_scrub(db, e);

	for (const struct retention_rule *r = retention_rules;
	     r->name && st == STATUS_NOT_FOUND; r++)
		st = work_on(db, r, e);
	if (st == STATUS_NOT_FOUND && session_store_sweep(db, e) != STATUS_OK)
		return STATUS_FAILED;
	return st;
}

enum status retention_state(struct db *db, const struct retention_rule *r,
    struct retention_state *out, struct err *e)
{
	enum status st = setting_get_u64(db, r->setting, &out->days, e);

	out->due = 0;
	if (st == STATUS_OK)
		st = retention_last(db, r->name, &out->run, e);
	if (st == STATUS_OK && out->days)
		st = retention_due(db, r->name, upto_of(out->days),
		    RETENTION_DUE_MAX, &out->due, e);
	return st;
}
