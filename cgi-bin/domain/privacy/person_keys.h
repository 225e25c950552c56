/* person_keys.h: everything that a person is known by, and where it stands */
/* SPDX-License-Identifier: MIT */
#ifndef PRIVACY_PERSON_KEYS_H
#define PRIVACY_PERSON_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/suppression.h"

/* Texts, each once. */
struct text_set {
	const char **items;
	size_t count;
	size_t space;
};

/* A row of a file that is known to be about the person. */
struct person_row {
	uint64_t import;
	uint64_t row;
};

/*
 * What an erasure looks for. keys: by their kind, numbers in E.164, e-mail
 * addresses folded, ids as they are; now or formerly the person's, and nobody
 * else's now. values: other texts that the contact had, of any field or
 * attribute. later: imports that are still under way.
 */
struct person_keys {
	struct text_set keys[SUPPRESSION_KINDS];
	struct text_set values;
	struct person_row *rows; /* by import and row */
	size_t row_count;
	uint64_t *later;
	size_t later_count;
};

/* Adds a text that is not empty and not there yet; it is copied. */
void text_set_add(struct arena *a, struct text_set *s, const char *text);
bool text_set_has(const struct text_set *s, const char *text);
/* A key of a kind; an e-mail address is folded. */
void person_keys_add(struct arena *a, struct person_keys *k,
    enum suppression_kind kind, const char *value);

/* Adds pairs of import and row; rows in their order, each once, which is what
 * the question whether one is among them needs. */
void person_rows_add(struct arena *a, struct person_keys *k,
    const uint64_t *pairs, size_t count);
void person_rows_sort(struct person_keys *k);
bool person_rows_have(
    const struct person_keys *k, uint64_t import, uint64_t row);

/* As JSON, for the time that an erasure takes, and back (false: broken). */
void person_keys_write(struct str *out, const struct person_keys *k);
bool person_keys_read(
    struct arena *a, const char *json, struct person_keys *out);

/*
 * How a text names the person: not at all; by a number that may be another
 * country's (national, as it is dialled at home); or for certain, by an e-mail
 * address or a whole number in any spelling. Words around it do not matter.
 */
enum naming {
	NAMING_NONE,
	NAMING_LOOSE,
	NAMING_SURE
};
enum naming person_named(
    struct arena *a, const struct person_keys *k, const char *text);
/* Whether person_named() could find anything there, or a row have one of the
 * ids: quick, for most of a file. Never false where it could. */
bool person_may_be_in(
    const struct person_keys *k, const char *text, size_t length);

/* Whether an event of the webhook names the person, or has one of the ids that
 * WhatsApp gave them. */
bool person_is_in_event(
    struct arena *a, const struct person_keys *k, const char *body);

/*
 * Texts that others wrote and that name the person. A value (a city, say) may
 * be other people's as well: only_theirs says whether it is the person's alone.
 */
struct scrubbing {
	struct arena *arena;
	const struct person_keys *keys;
	bool (*only_theirs)(void *arg, const char *value);
	void *arg;
};
#define SCRUBBED "erased"
/* Whether a whole text names the person, or is an id or a value of theirs. */
bool person_is_told(const struct scrubbing *s, const char *text);
/* Whether a longer text ("Anna Rossi 2026.csv") names the person, or has a
 * value of some length within that is theirs alone. */
bool person_is_within(const struct scrubbing *s, const char *text);
/*
 * A filter or another query string without the person: each value, or part of
 * one between '~', of which that holds becomes SCRUBBED. NULL when there is
 * none.
 */
const char *person_scrub_query(const struct scrubbing *s, const char *query);
/* The same for the strings of a JSON text. NULL when there is none, or it is
 * not JSON. */
const char *person_scrub_json(const struct scrubbing *s, const char *json);

#endif
