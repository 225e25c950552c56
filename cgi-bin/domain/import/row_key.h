/* row_key.h: what a row of a file is matched with the book by */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_ROW_KEY_H
#define IMPORT_ROW_KEY_H

#include "domain/import/check.h"
#include "domain/import/keys.h"
#include "domain/import/marks.h"
#include "domain/import/plan.h"

/* Kinds of keys. */
#define KEY_BY_ID 'i'
#define KEY_BY_PHONE 'p'
#define KEY_BY_EMAIL 'e' /* folded */
#define KEY_BY_USER_ID 'u'
#define KEY_BY_WA_USER_ID 'w'

/* False for a row that is rejected or skipped before it is matched. */
bool row_takes_part(const struct checked_row *r);
/* The field that the row is matched by, and the kind of key that it is. */
enum contact_field row_key_field(
    const struct import_rules *rules, const struct checked_row *r);
char row_key_kind(enum contact_field f);
/* Which of its ids says who it is, when it has neither number nor e-mail. */
enum contact_field row_id_field(const struct checked_row *r);
/* The text that a row is matched by, folded as the book compares it; NULL when
 * the row has none. In the arena. */
const char *row_key(
    struct arena *a, const struct checked_row *r, enum rule_key rule);
/* An e-mail address folded for comparing; in the arena. */
const char *fold_email(struct arena *a, const char *email);
/* A hash that is never 0; kind keeps equal texts of two kinds apart. */
uint64_t key_hash(char kind, const char *text);

/* The keys by which a row can meet a contact. */
struct row_keys {
	struct {
		char kind;
		const char *text;
	} items[4];
	size_t count;
};

struct row_keys row_keys_of(struct arena *a, const struct import_rules *rules,
    const char *const *value);

/* The hash of a key by which a row can meet a contact, for marks. */
uint64_t row_meeting_hash(char kind, const char *text);
/* Marks the keys of a row: after all rows of the file `twice` tells which of
 * those that rows are matched by stand in several (only with
 * DUPLICATES_REJECT_ALL, which decides by it), and `marks`, when there are
 * any, by which keys rows may meet. */
void row_keys_mark(struct arena *a, const struct import_rules *rules,
    const struct checked_row *r, struct keys *twice, struct marks *marks);
/* Whether all rows have to be marked before the first is matched. */
bool row_keys_need_marks(const struct import_plan *plan, bool check_only);

#endif
