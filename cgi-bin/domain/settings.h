/* settings.h: changing a setting of the book */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_SETTINGS_H
#define DOMAIN_SETTINGS_H

#include "base/arena.h"
#include "model/member.h"
#include "storage/setting_store.h"

/* NULL when the setting may have this value; else a sentence that says what
 * it may have, in the arena. */
const char *settings_problem(
    struct arena *a, const struct setting *s, const char *value);

/* Stores and audits a value. INVALID with *problem for a name or a value that
 * is not allowed. A value that is there already changes nothing. */
enum status settings_change(struct db *db, struct arena *a,
    const struct actor *actor, const char *name, const char *value,
    const char **problem, struct err *e);

#endif
