/* duplicates.h: the suggestions which contacts are one person */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_DUPLICATES_H
#define DOMAIN_DUPLICATES_H

#include <stdbool.h>

#include "base/arena.h"
#include "model/contact.h"
#include "model/duplicate.h"
#include "model/member.h"
#include "storage/db.h"

#define DUPLICATES_PER_PAGE 20
#define DUPLICATES_LIMIT_MAX 200

struct duplicate_suggestion {
	struct duplicate_pair pair;
	struct contact first;
	struct contact second;
};

struct duplicate_list {
	struct duplicate_suggestion *items;
	size_t count;
	const char *next; /* cursor; NULL: this is the end */
	uint64_t total;	  /* of all reasons */
	bool total_more;  /* more than total */
	int64_t as_of;	  /* ms: when the book was looked through; 0: never */
	bool looking;	  /* it is looked through now */
};

/* What of the list is asked for. */
struct duplicate_query {
	struct duplicate_pair after;
	unsigned reason; /* of enum duplicate_reason; 0: all */
	size_t limit;
};

/* Reads a cursor ("12-34") and the key of a reason ("" for all); false when it
 * is none. */
bool duplicate_cursor_read(const char *text, struct duplicate_pair *out);
bool duplicate_reason_read(const char *key, unsigned *out);

enum status duplicates_load(struct db *db, struct arena *a,
    const struct duplicate_query *query, struct duplicate_list *out,
    struct err *e);

/* Two contacts are two people: remembered until it is taken back. INVALID for
 * one contact twice, NOT_FOUND when one of them is not in the book. It is no
 * error when it is known. */
enum status duplicates_dismiss(struct db *db, struct arena *a,
    const struct actor *actor, struct contact_id one, struct contact_id other,
    struct err *e);
/* NOT_FOUND when nobody said so. */
enum status duplicates_take_back(struct db *db, struct arena *a,
    const struct actor *actor, struct contact_id one, struct contact_id other,
    struct err *e);

/* What was said of whom, the newest first. */
struct dismissed_suggestion {
	struct dismissed_pair dismissed;
	struct contact first;
	struct contact second;
};
enum status duplicates_dismissed(struct db *db, struct arena *a, size_t limit,
    struct dismissed_suggestion **out, size_t *count, struct err *e);

#endif
