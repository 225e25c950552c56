/* setting_store.c: rows of setting, and what holds without one */
/* SPDX-License-Identifier: MIT */
#include "storage/setting_store.h"

#include "base/str.h"

const struct setting settings[] = {
    {"book.name", "Rubrica", SETTING_TEXT, 1, 80, NULL},
    {"book.country", "", SETTING_COUNTRY, 0, 0, NULL},
    {"import.size_limit", "52428800", SETTING_COUNT, 1024, 2147483648, NULL},
    {"import.row_limit", "1000000", SETTING_COUNT, 1, 100000000, NULL},
    {"trash.days", "30", SETTING_COUNT, 0, 3650, NULL},
    {"trash.import", "restore", SETTING_CHOICE, 0, 0, "restore skip"},
    {"retention.files_days", "365", SETTING_COUNT, 0, 3650, NULL},
    {"retention.uploads_days", "30", SETTING_COUNT, 0, 3650, NULL},
    {"retention.messages_days", "0", SETTING_COUNT, 0, 3650, NULL},
    {"retention.events_days", "90", SETTING_COUNT, 0, 3650, NULL},
    {"consent.stop_words", "", SETTING_TEXT, 0, 1000, NULL},
    {"hooks.days", "30", SETTING_COUNT, 0, 3650, NULL},
    {"whatsapp.app_secret", "", SETTING_SECRET, 0, 128, NULL},
    {"whatsapp.verify_token", "", SETTING_SECRET, 0, 128, NULL},
    {NULL, NULL, SETTING_TEXT, 0, 0, NULL},
};

enum sql {
	GET,
	SET
};
static const char *const SQL[] = {
    [GET] = "SELECT value FROM setting WHERE name = ?",
    [SET] = "INSERT INTO setting (name, value) VALUES (?, ?)"
	    " ON DUPLICATE KEY UPDATE value = VALUES(value)",
};

const struct setting *setting_find(const char *name)
{
	for (const struct setting *s = settings; s->name; s++)
		if (str_equal(s->name, name))
			return s;
	return NULL;
}

enum status setting_get(struct db *db, struct arena *a, const char *name,
    const char **out, struct err *e)
{
	const struct setting *s = setting_find(name);
	struct db_query *q;
	enum status st;

	if (!s)
		return ERR(e, STATUS_FAILED, "no setting is called %s", name);
	q = db_query(db, SQL[GET]);
	db_put_text(q, name);
	st = db_one(q, e);
	*out = st == STATUS_OK ? db_get_text(q, a) : s->value;
	db_done(q);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

enum status setting_get_u64(
    struct db *db, const char *name, uint64_t *out, struct err *e)
{
	const struct setting *s = setting_find(name);
	struct arena a;
	const char *text = "";
	unsigned long long n = 0;
	enum status st;

	arena_init(&a);
	st = setting_get(db, &a, name, &text, e);
	if (s && st == STATUS_OK) {
		if (!str_to_u64(text, &n))
			str_to_u64(s->value, &n);
		*out = n;
	}
	arena_release(&a);
	return st;
}

enum status setting_set(
    struct db *db, const char *name, const char *value, struct err *e)
{
	struct db_query *q;

	if (!setting_find(name))
		return ERR(e, STATUS_FAILED, "no setting is called %s", name);
	q = db_query(db, SQL[SET]);
	db_put_text(q, name);
	db_put_text(q, value);
	return db_exec(q, NULL, e);
}
