/* withdrawn_store.h: who has withdrawn the consent to e-mails */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_WITHDRAWN_STORE_H
#define STORAGE_WITHDRAWN_STORE_H

#include "base/arena.h"
#include "storage/db.h"

/* Those of n contacts whose last own entry in the ledger about e-mails is a
 * withdrawal, in the arena. Entries of a list of opt-outs that is undone do not
 * count. */
enum status withdrawn_email(struct db *db, struct arena *a,
    const uint64_t *contacts, size_t n, uint64_t **out, size_t *count,
    struct err *e);

#endif
