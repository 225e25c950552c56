/* migrate.c: the schema, forward only */
/* SPDX-License-Identifier: MIT */
#include "storage/migrate.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/str.h"

#define FILES_MAX 10000
#define FILE_CAP (4u << 20)

static const char create_table[] =
    "CREATE TABLE IF NOT EXISTS schema_migration ("
    " version INT UNSIGNED NOT NULL PRIMARY KEY,"
    " name VARCHAR(128) NOT NULL,"
    " applied_at DATETIME(3) NOT NULL"
    ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin";

/* Row 0 is locked while migrations are applied, so that two programs that
 * start at once do not apply one twice. */
static const char lock_row[] =
    "INSERT INTO schema_migration VALUES (0, 'lock', UTC_TIMESTAMP(3))"
    " ON DUPLICATE KEY UPDATE applied_at = UTC_TIMESTAMP(3)";

enum sql {
	IS_APPLIED,
	RECORD
};
static const char *const SQL[] = {
    [IS_APPLIED] = "SELECT COUNT(*) FROM schema_migration WHERE version = ?",
    [RECORD] = "INSERT INTO schema_migration VALUES (?, ?, UTC_TIMESTAMP(3))",
};

static int is_migration(const struct dirent *d)
{
	for (int i = 0; i < 4; i++)
		if (d->d_name[i] < '0' || d->d_name[i] > '9')
			return 0;
	return d->d_name[4] == '_' && str_ends(d->d_name, ".sql");
}

struct migrations {
	struct dirent **entries; /* sorted by name, so by number */
	int count;
};

static enum status find_files(
    const struct conf *c, struct migrations *m, struct err *e)
{
	char *folder = conf_home_path(c, "sql");

	m->count = scandir(folder, &m->entries, is_migration, alphasort);
	if (m->count <= 0) {
		ERR(e, STATUS_FAILED, "no migrations in %s: %s", folder,
		    strerror(errno));
		free(folder);
		return STATUS_FAILED;
	}
	free(folder);
	return STATUS_OK;
}

/* Two files of one number would hide each other. */
static enum status check_numbers(const struct migrations *m, struct err *e)
{
	for (int i = 1; i < m->count; i++)
		if (strncmp(m->entries[i - 1]->d_name, m->entries[i]->d_name,
			4) == 0)
			return ERR(e, STATUS_FAILED,
			    "two migrations have the"
			    " number of %s",
			    m->entries[i]->d_name);
	return STATUS_OK;
}

static void forget_files(struct migrations *m)
{
	for (int i = 0; i < m->count; i++)
		free(m->entries[i]);
	free(m->entries);
}

static unsigned version_of(const char *name)
{
	return (unsigned)strtoul(name, NULL, 10);
}

static enum status read_file(
    const struct conf *c, const char *name, struct str *out, struct err *e)
{
	char relative[300];
	char piece[8192];
	size_t n;

	snprintf(relative, sizeof(relative), "sql/%s", name);
	char *path = conf_home_path(c, relative);
	FILE *f = fopen(path, "r");

	free(path);
	if (!f)
		return ERR(
		    e, STATUS_FAILED, "%s: %s", relative, strerror(errno));
	while ((n = fread(piece, 1, sizeof(piece), f)) > 0)
		str_add(out, piece, n);
	fclose(f);
	if (out->full)
		return ERR(e, STATUS_FAILED, "%s is too long", relative);
	return STATUS_OK;
}

static enum status is_applied(
    struct db *db, unsigned version, bool *yes, struct err *e)
{
	struct db_query *q = db_query(db, SQL[IS_APPLIED]);

	db_put_u64(q, version);
	enum status st = db_one(q, e);

	if (st == STATUS_OK)
		*yes = db_get_u64(q) > 0;
	db_done(q);
	return st;
}

static enum status record(struct db *db, const char *name, struct err *e)
{
	struct db_query *q = db_query(db, SQL[RECORD]);

	db_put_u64(q, version_of(name));
	db_put_text(q, name);
	return db_exec(q, NULL, e);
}

static enum status apply_one(struct db *db, const struct conf *c,
    const char *name, unsigned *applied, struct err *e)
{
	struct str text;
	bool yes = false;
	enum status st = is_applied(db, version_of(name), &yes, e);

	if (st != STATUS_OK || yes)
		return st;
	log_info("applying %s", name);
	str_init(&text, FILE_CAP);
	st = read_file(c, name, &text, e);
	if (st == STATUS_OK)
		st = db_script(db, str_text(&text), e);
	if (st == STATUS_OK)
		st = record(db, name, e);
	str_release(&text);
	if (st == STATUS_OK)
		(*applied)++;
	return st;
}

/* The lock row is held on a connection of its own: DDL commits whatever
 * transaction its own connection has open. */
static enum status take_lock(struct db *lock, struct err *e)
{
	enum status st = db_script(lock, create_table, e);

	if (st == STATUS_OK)
		st = db_begin(lock, e);
	if (st == STATUS_OK)
		st = db_script(lock, lock_row, e);
	return st;
}

enum status migrate_apply(
    struct db *admin, const struct conf *c, unsigned *applied, struct err *e)
{
	struct migrations m = {0};
	struct db *lock = db_new(c, true);
	enum status st = find_files(c, &m, e);

	*applied = 0;
	if (st == STATUS_OK)
		st = check_numbers(&m, e);
	if (st == STATUS_OK)
		st = take_lock(lock, e);
	for (int i = 0; st == STATUS_OK && i < m.count; i++)
		st = apply_one(admin, c, m.entries[i]->d_name, applied, e);
	if (m.count > 0)
		forget_files(&m);
	db_rollback(lock);
	db_free(lock);
	return st;
}

enum status migrate_check(struct db *db, const struct conf *c, struct err *e)
{
	struct migrations m = {0};
	enum status st = find_files(c, &m, e);
	bool yes = true;

	for (int i = 0; st == STATUS_OK && i < m.count; i++) {
		st = is_applied(db, version_of(m.entries[i]->d_name), &yes, e);
		if (st == STATUS_OK && !yes)
			st = ERR(e, STATUS_FAILED, "%s is not applied",
			    m.entries[i]->d_name);
	}
	if (m.count > 0)
		forget_files(&m);
	return st;
}
