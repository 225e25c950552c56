/* session_store.h: rows of session and login_failure */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_SESSION_STORE_H
#define STORAGE_SESSION_STORE_H

#include <stdbool.h>

#include "base/arena.h"
#include "model/contact_query.h"
#include "model/member.h"
#include "storage/db.h"

/* A session ends after this long without a request, and after this long in
 * any case. */
#define SESSION_IDLE_HOURS 72
#define SESSION_DAYS 30

/* token_hash: the SHA-256 of the cookie, which itself is not stored. */
struct session {
	struct member member;
	const char *csrf;
	const char *flash;
	int64_t seen_at; /* ms */
	/* What each page shows besides, read along to save its queries. */
	const char *book; /* the setting book.name */
	bool work;	  /* imports or jobs wait or run */
	struct contact_marks marks;
};

enum status session_store_insert(struct db *db,
    const unsigned char token_hash[32], struct member_id member,
    const char *csrf, struct err *e);
/* NOT_FOUND when there is none, when it has ended, and when its member is
 * disabled. */
enum status session_store_get(struct db *db, struct arena *a,
    const unsigned char token_hash[32], struct session *out, struct err *e);
/* Puts its idle time back to none. */
enum status session_store_touch(
    struct db *db, const unsigned char token_hash[32], struct err *e);
/* The message for the next page; "" takes it away. Cut at 500 characters. */
enum status session_store_set_flash(struct db *db,
    const unsigned char token_hash[32], const char *flash, struct err *e);
enum status session_store_delete(
    struct db *db, const unsigned char token_hash[32], struct err *e);
/* All sessions of a member, but the one of `keep` (NULL: none is kept). */
enum status session_store_delete_member(struct db *db, struct member_id member,
    const unsigned char *keep, struct err *e);
/* Deletes sessions that have ended and failures that no longer count. */
enum status session_store_sweep(struct db *db, struct err *e);

/* A login that failed. */
enum status login_failure_add(
    struct db *db, const char *account, const char *address, struct err *e);
/* Failures of the last `minutes`, and how many seconds ago the oldest of them
 * was (0 without any). */
struct login_failures {
	uint64_t by_account;
	uint64_t by_address;	 /* accounts that were tried from there */
	uint64_t oldest_account; /* seconds */
	uint64_t oldest_address;
};
enum status login_failure_count(struct db *db, const char *account,
    const char *address, unsigned minutes, struct login_failures *out,
    struct err *e);
/* Forgets those of an account, after a login that worked. */
enum status login_failure_clear(
    struct db *db, const char *account, struct err *e);

#endif
