/* migrate.c: rubrica migrate: brings the tables up to date */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "cli/command.h"
#include "cli/session.h"
#include "storage/migrate.h"

int command_migrate(int argc, char **argv)
{
	struct cli_session s;
	unsigned applied = 0;

	(void)argc;
	(void)argv;
	cli_open(&s, true);
	enum status st = migrate_apply(s.db, &s.options.conf, &applied, &s.err);

	if (st == STATUS_OK)
		printf("%u migrations were applied.\n", applied);
	return cli_close(&s, st, "applying the migrations");
}
