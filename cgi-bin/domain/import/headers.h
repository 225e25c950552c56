/* headers.h: the column names of a file as a set */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_HEADERS_H
#define IMPORT_HEADERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/crypto.h"

/* True when the last column is one that errors.csv or processed.csv added
 * ("Error", "Comments"; formats.md S6, M11). */
bool headers_end_in_result(
    struct arena *a, const char *const *header, size_t columns);

/*
 * The same for every order of the columns, for every case of their letters,
 * and with or without the result's column. header NULL (a file without a
 * header row): the same for every file of that many columns.
 */
void headers_hash(struct arena *a, const char *const *header, size_t columns,
    unsigned char out[CRYPTO_HASH_BYTES]);

#endif
