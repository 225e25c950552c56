/* campaign_store.h: rows of campaign */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_CAMPAIGN_STORE_H
#define STORAGE_CAMPAIGN_STORE_H

#include "base/arena.h"
#include "model/id.h"
#include "storage/db.h"

/* NOT_FOUND when there is none of the name. */
enum status campaign_store_find(
    struct db *db, const char *name, struct campaign_id *out, struct err *e);
/* At most `limit` names, sorted; in the arena. */
enum status campaign_store_names(struct db *db, struct arena *a, size_t limit,
    const char ***names, size_t *count, struct err *e);

#endif
