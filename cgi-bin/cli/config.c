/* config.c: rubrica config: one of the settings of the book */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"
#include "cli/command.h"
#include "cli/session.h"
#include "domain/settings.h"

/* One setting, or all with key "". */
static enum status list(struct cli_session *s, const char *key)
{
	enum status st = STATUS_OK;
	bool found = str_empty(key);

	for (const struct setting *t = settings; t->name; t++) {
		const char *value;

		if (!str_empty(key) && !str_equal(key, t->name))
			continue;
		found = true;
		st = setting_get(s->db, &s->arena, t->name, &value, &s->err);
		if (st != STATUS_OK)
			break;
		if (t->kind == SETTING_SECRET && *value)
			value = "(set)";
		printf("%s=%s\n", t->name, value);
	}
	if (!found)
		return cli_refuse("%s: There is no setting of this name.", key);
	return st;
}

struct change {
	struct cli_session *session;
	const char *key;
	const char *value;
	const char *problem;
};

static enum status store(struct db *db, void *arg, struct err *e)
{
	struct change *c = arg;

	return settings_change(db, &c->session->arena, &c->session->actor,
	    c->key, c->value, &c->problem, e);
}

static enum status change(
    struct cli_session *s, const char *key, const char *value)
{
	struct change c = {s, key, value, NULL};
	enum status st = db_transact(s->db, store, &c, &s->err);

	if (st == STATUS_INVALID)
		return cli_refuse("%s: %s", key, str_or_empty(c.problem));
	return st;
}

/* The words are arguments, or in the environment for `make config`. */
int command_config(int argc, char **argv)
{
	const char *key = argc ? argv[0] : getenv("RUBRICA_CONFIG_KEY");
	const char *value = argc > 1 ? argv[1]
			    : argc   ? NULL
				     : getenv("RUBRICA_CONFIG_VALUE");
	struct cli_session s;

	if (argc > 2) {
		fprintf(stderr, "usage: rubrica config [KEY [VALUE]]\n");
		return 2;
	}
	cli_open(&s, false);
	enum status st = str_empty(key) || !value ? list(&s, str_or_empty(key))
						  : change(&s, key, value);

	return cli_close(&s, st, "changing a setting");
}
