/* suppression_filter.h: which keys are certainly not on the list */
/* SPDX-License-Identifier: MIT */
#ifndef PRIVACY_SUPPRESSION_FILTER_H
#define PRIVACY_SUPPRESSION_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "storage/db.h"
#include "storage/suppression_store.h"

/*
 * A Bloom filter of the list, of at most 8 MiB, that a process keeps: of an
 * import's keys nearly none is on the list, and what the filter does not have
 * need not be looked up. It is of one state of the list (its stamp), and made
 * again when as many keys were looked up without it as its making costs, so
 * neither a short import nor a list that changes all the time pays for it
 * more than it would without.
 */

/* Whether it can be used for `keys` look-ups in the list as it is; makes it
 * when it is time to. Within the transaction that read the state. */
enum status suppression_filter_use(struct db *db,
    const struct suppression_state *state, size_t keys, bool *usable,
    struct err *e);
/* false: certainly not on the list. */
bool suppression_filter_has(const unsigned char hash[CRYPTO_HASH_BYTES]);

#endif
