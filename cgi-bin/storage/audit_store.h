/* audit_store.h: rows of audit, which are only ever added */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_AUDIT_STORE_H
#define STORAGE_AUDIT_STORE_H

#include <stddef.h>

#include "base/arena.h"
#include "model/member.h"
#include "storage/db.h"

/*
 * action is one of our words, subject before verb ("member.create",
 * "setting.change", "login.failure"); subject the thing ("member 7",
 * "book.name"), cut at 128 characters; details what changed, in words or JSON,
 * "" for nothing. Inside a transaction it is written with it.
 */
enum status audit_add(struct db *db, const struct actor *actor,
    const char *action, const char *subject, const char *details,
    struct err *e);

struct audit {
	uint64_t id;
	int64_t at;	     /* ms */
	const char *member;  /* name; "" for nobody and the command line */
	uint64_t token_id;   /* 0 unless through the API */
	const char *address; /* "" for the command line */
	const char *action;
	const char *subject;
	const char *details;
};
/* Newest first, ids below `before` (0: from the newest). */
enum status audit_list(struct db *db, struct arena *a, uint64_t before,
    size_t limit, struct audit **rows, size_t *count, struct err *e);

#endif
