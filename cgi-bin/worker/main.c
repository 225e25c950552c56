/* main.c: rubrica-worker: takes turns with imports, jobs and catalog jobs */
/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/conf.h"
#include "base/log.h"
#include "domain/catalog/catalog_job.h"
#include "domain/contact/trash.h"
#include "domain/duplicates/duplicate_finder.h"
#include "domain/import/run.h"
#include "domain/jobs/job.h"
#include "domain/privacy/erase.h"
#include "domain/retention.h"
#include "storage/import_store.h"
#include "storage/migrate.h"

#define SWEEP_MS 60000
#define RETENTION_MS 10000
#define SHARE_MS 500

static volatile sig_atomic_t stop_asked;

static void on_stop(int number)
{
	(void)number;
	stop_asked = 1;
}

static void catch_signals(void)
{
	struct sigaction action = {.sa_handler = on_stop};

	sigemptyset(&action.sa_mask);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	action.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &action, NULL);
}

/* --- kinds of work --- */

struct worker {
	struct conf conf;
	struct db *db;
	struct duplicate_finder *finder;
	char owner[96];
};

static struct turn turn_of(const struct worker *w)
{
	/* Several shares fit into a lease. */
	struct turn t = {.stop = &stop_asked, .ms = w->conf.lease_ms / 8};

	if (t.ms > SHARE_MS)
		t.ms = SHARE_MS;
	turn_begin(&t);
	return t;
}

static enum status do_import(struct worker *w, struct err *e);

/* A bulk change, a merge or an undo goes on for a turn. */
static enum status do_job(struct worker *w, struct err *e)
{
	struct turn turn = turn_of(w);

	return job_work(&w->conf, w->db, w->owner, &turn, e);
}

/* A piece of what a renamed, merged or deleted tag, attribute or segment left
 * to do. */
static enum status do_catalog(struct worker *w, struct err *e)
{
	return catalog_job_work(w->db, e);
}

/* A piece of a look through the book for duplicates. */
static enum status do_duplicates(struct worker *w, struct err *e)
{
	return duplicate_finder_work(w->finder, &w->conf, w->db, w->owner, e);
}

/* A step of an erasure: texts, or one kept file. */
static enum status do_erasure(struct worker *w, struct err *e)
{
	return erase_work(w->db, e);
}

/* A batch of a trash that is being emptied. */
static enum status do_trash(struct worker *w, struct err *e)
{
	return trash_empty_work(w->db, e);
}

/* A batch of what was in the trash for its time; once there is nothing, it is
 * looked for again a while later. */
static enum status do_expiry(struct worker *w, struct err *e)
{
	static int64_t next;

	if (clock_monotonic() < next)
		return STATUS_NOT_FOUND;
	enum status st = trash_expire(w->db, e);

	if (st != STATUS_OK)
		next = clock_monotonic() + SWEEP_MS;
	return st;
}

/* A batch of what was kept for its time, in the same way. */
static enum status do_retention(struct worker *w, struct err *e)
{
	static int64_t next;

	if (clock_monotonic() < next)
		return STATUS_NOT_FOUND;
	enum status st = retention_work(w->db, e);

	if (st != STATUS_OK)
		next = clock_monotonic() + RETENTION_MS;
	return st;
}

/* What a worker does, each a piece at a time, in turns: OK when there was
 * something to do, NOT_FOUND when there was nothing. */
static const struct {
	const char *name;
	enum status (*work)(struct worker *w, struct err *e);
	bool while_importing; /* has its share between an import's batches */
} kinds[] = {
    {"import", do_import, false},
    {"job", do_job, true},
    {"catalog job", do_catalog, true},
    {"duplicates", do_duplicates, false},
    {"erasure", do_erasure, true},
    {"trash", do_trash, true},
    {"expiry", do_expiry, true},
    {"retention", do_retention, true},
};
#define KINDS (sizeof(kinds) / sizeof(*kinds))

/* True when there was something to do. */
static bool work(struct worker *w, size_t kind)
{
	struct err e = {0};
	enum status st = kinds[kind].work(w, &e);

	if (st != STATUS_OK && st != STATUS_NOT_FOUND)
		log_err(kinds[kind].name, st, &e);
	return st == STATUS_OK;
}

/* Between two batches of an import. */
static void others(void *arg)
{
	for (size_t i = 0; i < KINDS; i++)
		if (kinds[i].while_importing && !stop_asked)
			work(arg, i);
}

/* Claims and runs one import to its end. */
static enum status do_import(struct worker *w, struct err *e)
{
	struct import_job job = {0};
	struct turn turn = turn_of(w);
	enum status st =
	    import_job_claim(w->db, w->owner, w->conf.lease_ms, &job, e);

	if (st != STATUS_OK)
		return st;
	log_info("import %llu: claimed, lease %llu",
	    (unsigned long long)job.id.n, (unsigned long long)job.lease_number);
	turn.others = others;
	turn.arg = w;
	return import_run(&w->conf, w->db, &job, &turn, e);
}

/* A turn of each kind; false when there was nothing to do. */
static bool work_all(struct worker *w)
{
	bool some = false;

	for (size_t i = 0; i < KINDS && !stop_asked; i++)
		some = work(w, i) || some;
	return some;
}

/* Uploads that broke off half-way are taken away. */
static void sweep(struct db *db, int64_t *next)
{
	struct err e = {0};

	if (clock_monotonic() < *next)
		return;
	*next = clock_monotonic() + SWEEP_MS;
	while (import_store_discard_stale(db, &e) == STATUS_OK)
		log_info("an upload that broke off was taken away");
}

int main(void)
{
	struct worker w;
	char host[64] = "";
	int64_t next_sweep = 0;

	log_init("worker");
	conf_load(&w.conf);
	catch_signals();
	gethostname(host, sizeof(host) - 1);
	snprintf(w.owner, sizeof(w.owner), "%s:%d", host, (int)getpid());
	w.db = db_new(&w.conf, false);
	w.finder = duplicate_finder_new(DUPLICATE_PAIRS_MAX);

	log_info("ready");
	while (!stop_asked) {
		if (work_all(&w))
			continue;
		sweep(w.db, &next_sweep);
		if (w.conf.until_idle)
			break;
		clock_sleep(w.conf.idle_ms);
	}
	duplicate_finder_free(w.finder);
	db_free(w.db);
	return 0;
}
