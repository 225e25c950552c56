/* member_setting_store.h: rows of member_setting */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_MEMBER_SETTING_STORE_H
#define STORAGE_MEMBER_SETTING_STORE_H

#include "base/arena.h"
#include "model/id.h"
#include "storage/db.h"

/* What a member chose under a name, in the arena; "" when nothing. */
enum status member_setting_get(struct db *db, struct arena *a,
    struct member_id member, const char *name, const char **out, struct err *e);
/* "" takes it away. */
enum status member_setting_set(struct db *db, struct member_id member,
    const char *name, const char *value, struct err *e);

#endif
