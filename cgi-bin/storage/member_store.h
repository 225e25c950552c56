/* member_store.h: rows of member */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_MEMBER_STORE_H
#define STORAGE_MEMBER_STORE_H

#include <stddef.h>

#include "base/arena.h"
#include "model/member.h"
#include "storage/db.h"

/* CONFLICT when the e-mail is taken (case does not matter). */
enum status member_store_insert(struct db *db, const char *email,
    const char *name, const char *password_hash, enum role role,
    struct member_id *out, struct err *e);
enum status member_store_get(struct db *db, struct arena *a,
    struct member_id id, struct member *out, struct err *e);
/* By e-mail, with the hash of the password, also when disabled. */
enum status member_store_login(struct db *db, struct arena *a,
    const char *email, struct member *out, const char **password_hash,
    struct err *e);
/* All of them, by name. */
enum status member_store_list(struct db *db, struct arena *a,
    struct member **rows, size_t *count, struct err *e);
/* The admin who was there first and is not disabled. */
enum status member_store_first_admin(
    struct db *db, struct arena *a, struct member *out, struct err *e);

/* Each of these gives NOT_FOUND when there is no such member. */
enum status member_store_set_password(struct db *db, struct member_id id,
    const char *password_hash, struct err *e);
enum status member_store_set_name(
    struct db *db, struct member_id id, const char *name, struct err *e);
enum status member_store_set_role(
    struct db *db, struct member_id id, enum role role, struct err *e);
enum status member_store_set_disabled(
    struct db *db, struct member_id id, bool disabled, struct err *e);
enum status member_store_logged_in(
    struct db *db, struct member_id id, struct err *e);

/* How many admins are not disabled. In a transaction their rows stay locked
 * until its end, so that two cannot take each other's place away. */
enum status member_store_lock_admins(
    struct db *db, uint64_t *count, struct err *e);

/* How many there are, disabled ones too. */
enum status member_store_count(struct db *db, uint64_t *count, struct err *e);

/* "admin", "editor", "viewer"; "" for ROLE_NONE, and back. */
const char *role_word(enum role role);
enum role role_of(const char *word); /* ROLE_NONE: no such word */

#endif
