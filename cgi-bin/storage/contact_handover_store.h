/* contact_handover_store.h: what a merged contact leaves to the one it became
 */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_CONTACT_HANDOVER_STORE_H
#define STORAGE_CONTACT_HANDOVER_STORE_H

#include "model/id.h"
#include "storage/db.h"

/* Before `from`, which was merged into `to`, goes for good: its messages, its
 * entries of the ledger, its rows of imports and those that were merged into it
 * become those of `to`. Nothing, when `to` is gone itself. In the caller's
 * transaction. */
enum status contact_hand_over(
    struct db *db, struct contact_id from, struct contact_id to, struct err *e);

#endif
