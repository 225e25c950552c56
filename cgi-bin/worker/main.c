/* main.c: rubrica-worker: claims imports and runs them, one after the other */
/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/conf.h"
#include "base/log.h"
#include "domain/catalog_job.h"
#include "domain/import/run.h"
#include "storage/import_store.h"
#include "storage/migrate.h"

#define IDLE_MS 200
#define SWEEP_MS 60000

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

/* Claims and runs one import; false when there was none, or the database was
 * not there. */
static bool work(const struct conf *conf, struct db *db, const char *owner)
{
	struct import_job job = {0};
	struct err e = {0};
	enum status st = import_job_claim(db, owner, conf->lease_ms, &job, &e);

	if (st == STATUS_NOT_FOUND)
		return false;
	if (st == STATUS_OK) {
		log_info("import %llu: claimed, lease %llu",
		    (unsigned long long)job.id.n,
		    (unsigned long long)job.lease_number);
		st = import_run(conf, db, &job, &stop_asked, &e);
	}
	if (st != STATUS_OK)
		log_err("import", st, &e);
	return st == STATUS_OK;
}

/* Does a piece of what a renamed, merged or deleted tag, attribute or segment
 * left to do; false when there was none. */
static bool follow(struct db *db)
{
	struct err e = {0};
	enum status st = catalog_job_work(db, &e);

	if (st != STATUS_OK && st != STATUS_NOT_FOUND)
		log_err("catalog job", st, &e);
	return st == STATUS_OK;
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
	struct conf conf;
	char host[64] = "";
	char owner[96];
	int64_t next_sweep = 0;

	log_init("worker");
	conf_load(&conf);
	catch_signals();
	gethostname(host, sizeof(host) - 1);
	snprintf(owner, sizeof(owner), "%s:%d", host, (int)getpid());
	struct db *db = db_new(&conf, false);

	log_info("ready");
	while (!stop_asked) {
		if (work(&conf, db, owner) || follow(db))
			continue;
		sweep(db, &next_sweep);
		clock_sleep(IDLE_MS);
	}
	db_free(db);
	return 0;
}
