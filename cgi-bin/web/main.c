/* main.c: rubrica-web: the pages and the API, behind a web server */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "base/conf.h"
#include "base/log.h"
#include "storage/db.h"
#include "storage/migrate.h"
#include "web/server.h"
#include "web/view.h"

/* A program that is newer than its database must not serve. */
static void check_schema(const struct conf *c)
{
	struct db *db = db_new(c, false);
	struct err e;

	if (migrate_check(db, c, &e) != STATUS_OK)
		log_fatal("%s", e.message);
	db_free(db);
}

int main(int argc, char **argv)
{
	struct conf conf;
	struct views *views = NULL;
	struct err e;
	int code;

	log_init("web");
	if (argc > 1) {
		fprintf(stderr, "usage: %s (its options are in base/conf.h)\n",
		    argv[0]);
		return 2;
	}
	conf_load(&conf);
	if (views_load(&views, &conf, &e) != STATUS_OK)
		log_fatal("%s", e.message);
	check_schema(&conf);
	code = server_run(&conf, views);
	views_free(views);
	return code;
}
