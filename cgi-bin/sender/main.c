/* main.c: rubrica-sender: tells other programs by outgoing webhooks */
/* SPDX-License-Identifier: MIT */
/*
 * A process of its own, so that receivers who take their time hold up neither
 * imports nor jobs. Several may run: what one has taken, another leaves alone.
 */
#include <signal.h>

#include "base/clock.h"
#include "base/conf.h"
#include "base/log.h"
#include "domain/hooks/fan_out.h"
#include "domain/hooks/sending.h"

#define WAIT_MS 50 /* for answers, before looking for what is new */
#define SWEEP_MS 10000
#define FAILED_MS 500
#define LAST_MS 2000 /* for answers, when it ends */

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

/* OK, or nothing to do (false); what fails is logged, and rests a while. */
static bool went_well(const char *what, enum status st, const struct err *e)
{
	if (st != STATUS_OK && st != STATUS_NOT_FOUND) {
		log_err(what, st, e);
		clock_sleep(FAILED_MS);
	}
	return st == STATUS_OK;
}

/* Clears up now and then; while there is more of it, each time. */
static void sweep(struct db *db)
{
	static int64_t next;
	struct err e = {0};

	if (clock_monotonic() < next)
		return;
	if (!went_well("webhooks", hook_sending_sweep(db, &e), &e))
		next = clock_monotonic() + SWEEP_MS;
}

/* A turn; false when there was nothing to do. */
static bool work(struct hook_sending *s, struct db *db)
{
	struct err e = {0};
	bool some = went_well("webhooks", hook_fan_out(db, &e), &e);
	bool sent = went_well("webhooks", hook_sending_begin(s, &e), &e);
	size_t count = hook_sending_count(s);

	went_well("webhooks", hook_sending_wait(s, some ? 0 : WAIT_MS, &e), &e);
	sweep(db);
	return some || (sent && count);
}

/* What is under way may still come back. */
static void wind_up(struct hook_sending *s)
{
	int64_t end = clock_monotonic() + LAST_MS;
	struct err e = {0};

	while (hook_sending_count(s) && clock_monotonic() < end)
		went_well("webhooks", hook_sending_wait(s, WAIT_MS, &e), &e);
}

int main(void)
{
	struct conf conf;

	log_init("sender");
	conf_load(&conf);
	catch_signals();
	struct db *db = db_new(&conf, false);
	struct hook_sending *s = hook_sending_new(&conf, db);

	log_info("ready");
	while (!stop_asked)
		if (!work(s, db))
			clock_sleep(conf.idle_ms);
	wind_up(s);
	hook_sending_free(s);
	db_free(db);
	return 0;
}
