/* conf.c: where things are: the options of every program of ours */
/* SPDX-License-Identifier: MIT */
#include "base/conf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"

static const char *setting(const char *name, const char *otherwise)
{
	const char *value = getenv(name);

	return str_empty(value) ? otherwise : value;
}

static unsigned number(const char *name, unsigned otherwise)
{
	const char *value = getenv(name);
	unsigned long long n;

	if (str_empty(value))
		return otherwise;
	if (!str_to_u64(value, &n) || n > 1000000000)
		log_fatal("%s is not a number: %s", name, value);
	return (unsigned)n;
}

static char *join(const char *folder, const char *relative)
{
	size_t n = strlen(folder) + strlen(relative) + 2;
	char *path = xmalloc(n);

	snprintf(path, n, "%s/%s", folder, relative);
	return path;
}

char *conf_var_path(const struct conf *c, const char *relative)
{
	return join(c->var, relative);
}

char *conf_home_path(const struct conf *c, const char *relative)
{
	return join(c->home, relative);
}

/* The first line of a file in VAR; "" when there is none. */
static const char *line_of(const struct conf *c, const char *name)
{
	char *path = conf_var_path(c, name);
	FILE *f = fopen(path, "r");
	char line[128] = "";

	free(path);
	if (!f)
		return "";
	if (fgets(line, sizeof(line), f))
		line[strcspn(line, "\r\n")] = '\0';
	fclose(f);
	return xstrdup(line);
}

void conf_load(struct conf *c)
{
	*c = (struct conf){0};
	c->var = setting("RUBRICA_VAR", "var");
	c->home = setting("RUBRICA_HOME", ".");
	c->db_host = setting("RUBRICA_DB_HOST", "");
	c->db_port = number("RUBRICA_DB_PORT", 3306);
	c->db_user = setting("RUBRICA_DB_USER", "rubrica");
	c->db_name = setting("RUBRICA_DB_NAME", "rubrica");
	c->db_socket = conf_var_path(c, "mariadb.sock");
	c->db_password = setting("RUBRICA_DB_PASSWORD", NULL);
	if (!c->db_password)
		c->db_password = line_of(c, "run/db.password");
	c->privacy_key = setting("RUBRICA_PRIVACY_KEY", NULL);
	if (!c->privacy_key)
		c->privacy_key = line_of(c, "run/privacy.key");
	c->web_children = number("RUBRICA_WEB_CHILDREN", 8);
	c->web_requests = number("RUBRICA_WEB_REQUESTS", 10000);
	c->lease_ms = number("RUBRICA_LEASE_MS", 10000);
	c->idle_ms = number("RUBRICA_IDLE_MS", 200);
	c->until_idle = *setting("RUBRICA_UNTIL_IDLE", "") != '\0';
	c->batch_rows = number("RUBRICA_BATCH_ROWS", 2000);
	c->sheet_rows = number("RUBRICA_SHEET_ROWS", 1048576);
	c->sheet_columns = number("RUBRICA_SHEET_COLUMNS", 16384);
	c->hook_retry_ms = number("RUBRICA_HOOK_RETRY_MS", 10000);
	c->hook_timeout_ms = number("RUBRICA_HOOK_TIMEOUT_MS", 10000);
}
