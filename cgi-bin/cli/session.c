/* session.c: what each command on the book has open */
/* SPDX-License-Identifier: MIT */
#include "cli/session.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"

void cli_open(struct cli_session *s, bool admin)
{
	*s = (struct cli_session){.actor = {.address = ""}};
	options_load(&s->options, false);
	arena_init(&s->arena);
	s->db = db_new(&s->options.conf, admin);
	if (db_connect(s->db, &s->err) != STATUS_OK)
		log_fatal("Rubrica does not run on %s (%s)",
		    s->options.conf.var, s->err.message);
}

int cli_close(struct cli_session *s, enum status st, const char *doing)
{
	db_free(s->db);
	arena_release(&s->arena);
	if (st == STATUS_OK)
		return EXIT_SUCCESS;
	if (st != STATUS_INVALID)
		log_err(doing, st, &s->err);
	return EXIT_FAILURE;
}

enum status cli_refuse(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vfprintf(stderr, format, ap);
	va_end(ap);
	fputc('\n', stderr);
	return STATUS_INVALID;
}
