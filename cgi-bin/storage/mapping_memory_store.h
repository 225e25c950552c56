/* mapping_memory_store.h: the mappings that members used last */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_MAPPING_MEMORY_STORE_H
#define STORAGE_MAPPING_MEMORY_STORE_H

#include "base/arena.h"
#include "model/member.h"
#include "storage/db.h"

/* The last mapping of a member (formats.md S3), for these headers or, with
 * hash NULL, the last of all. NOT_FOUND when there is none. */
enum status mapping_memory_get(struct db *db, struct arena *a,
    struct member_id member, const unsigned char *hash, const char **headers,
    const char **mapping, struct err *e);
enum status mapping_memory_put(struct db *db, struct member_id member,
    const unsigned char hash[32], const char *headers, const char *mapping,
    struct err *e);

#endif
