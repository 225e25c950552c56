/* contact_value_store.h: values that contacts have, to choose from */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_CONTACT_VALUE_STORE_H
#define STORAGE_CONTACT_VALUE_STORE_H

#include "base/arena.h"
#include "model/contact_field.h"
#include "storage/db.h"

/* The values of a field that the newest 2,000 contacts have, sorted, each once,
 * at most `limit`; in the arena. None for a field that tells people apart
 * (phone, ids, e-mail, name). */
enum status contact_value_store_list(struct db *db, struct arena *a,
    enum contact_field field, size_t limit, const char ***values, size_t *count,
    struct err *e);

#endif
