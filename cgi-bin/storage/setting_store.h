/* setting_store.h: rows of setting, and what holds without one */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_SETTING_STORE_H
#define STORAGE_SETTING_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "storage/db.h"

/* What a value may be: domain/settings.h checks it before it is stored. */
enum setting_kind {
	SETTING_TEXT,	 /* at most `max` characters, not empty */
	SETTING_COUNT,	 /* a whole number from min to max */
	SETTING_COUNTRY, /* ISO 3166 alpha-2, or "" for none */
	SETTING_CHOICE,	 /* one of the words of `choices` */
	SETTING_SECRET	 /* as a text, or empty; never shown or logged */
};

struct setting {
	const char *name;
	const char *value; /* without a row */
	enum setting_kind kind;
	uint64_t min;
	uint64_t max;
	const char *choices; /* "restore skip": with a blank between */
};

/* All settings there are; ends with a NULL name. */
extern const struct setting settings[];
/* NULL when there is no setting of the name. */
const struct setting *setting_find(const char *name);

/* The stored value or the default, in the arena. FAILED for a name that is
 * none of ours. */
enum status setting_get(struct db *db, struct arena *a, const char *name,
    const char **out, struct err *e);
/* The same as a number; a stored value that is none counts as the default. */
enum status setting_get_u64(
    struct db *db, const char *name, uint64_t *out, struct err *e);
/* Stores it as it is: see settings_change() for the checked way. */
enum status setting_set(
    struct db *db, const char *name, const char *value, struct err *e);

#endif
