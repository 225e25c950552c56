/* consent_store.h: who confirmed which words for an import */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_CONSENT_STORE_H
#define STORAGE_CONSENT_STORE_H

#include "base/arena.h"
#include "model/member.h"
#include "storage/db.h"

/* Who confirmed what; the row is written once for an import. */
struct consent {
	const char *words_version;
	const char *words;
	bool gdpr;
	bool profiling;
	const char *member_name; /* read only */
	int64_t at;		 /* read only */
};
enum status consent_store_insert(struct db *db, struct import_id id,
    const struct consent *c, const struct actor *actor, struct err *e);
enum status consent_store_get(struct db *db, struct arena *a,
    struct import_id id, struct consent *out, struct err *e);

#endif
