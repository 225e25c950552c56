/* contact_by_name.h: pages of all contacts by their first tag or campaign */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_CONTACT_BY_NAME_H
#define STORAGE_CONTACT_BY_NAME_H

#include "base/arena.h"
#include "model/contact_query.h"
#include "storage/db.h"

/* Whether the pages of the query are read name after name: all contacts,
 * sorted by tags or by campaigns. */
bool contact_by_name(const struct contact_query *query);
/*
 * The ids of the page: at most query->limit + 1 contacts after the cursor, in
 * the order of the statement (descending as contact_sql_order() has it, the
 * other way round than the query for a page before). *ids is in the arena.
 */
enum status contact_by_name_ids(struct db *db, struct arena *a,
    const struct contact_query *query, bool descending, uint64_t **ids,
    size_t *count, struct err *e);

#endif
