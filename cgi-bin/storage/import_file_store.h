/* import_file_store.h: the uploaded bytes of an import */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_IMPORT_FILE_STORE_H
#define STORAGE_IMPORT_FILE_STORE_H

#include "base/arena.h"
#include "model/id.h"
#include "storage/db.h"

/* The uploaded bytes, in pieces of IMPORT_PIECE. */
#define IMPORT_PIECE (1u << 20)
enum status import_file_put(struct db *db, struct import_id id, unsigned seq,
    const void *bytes, size_t n, struct err *e);
/* NOT_FOUND after the last piece. */
enum status import_file_get(struct db *db, struct arena *a, struct import_id id,
    unsigned seq, const char **bytes, size_t *n, struct err *e);

#endif
