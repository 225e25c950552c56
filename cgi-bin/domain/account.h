/* account.h: members: logging in, passwords, roles */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_ACCOUNT_H
#define DOMAIN_ACCOUNT_H

#include "base/arena.h"
#include "base/crypto.h"
#include "model/member.h"
#include "storage/db.h"
#include "storage/session_store.h"

#define ACCOUNT_PASSWORD_MIN 10	 /* characters; no rules on which */
#define ACCOUNT_PASSWORD_MAX 256 /* characters */
#define ACCOUNT_EMAIL_MAX 254	 /* bytes */
#define ACCOUNT_NAME_MAX 100	 /* characters */

/* Within LOGIN_MINUTES an account may see so many failures, and an address may
 * fail with so many different accounts. It is accounts that are counted there,
 * because many people can have one address, and one of them who has forgotten
 * the password should not lock the others out. */
#define LOGIN_MINUTES 15
#define LOGIN_ACCOUNT_MAX 10
#define LOGIN_ADDRESS_MAX 30

/*
 * Bad values are data: a function that takes what people typed returns
 * STATUS_INVALID with the field ("email", "password", "name", "role"; "" for
 * the whole) and a sentence for them.
 */
struct account_problem {
	const char *field;
	const char *text;
};

/* What a login came to. */
enum login_result {
	LOGIN_OK,
	LOGIN_WRONG, /* e-mail or password: it is not said which */
	LOGIN_LATER  /* too many failures; try again in `wait` seconds */
};
struct login {
	enum login_result result;
	struct member member;	       /* OK */
	unsigned wait;		       /* LATER */
	char token[CRYPTO_TOKEN_SIZE]; /* OK: for the cookie */
};

/* Checks e-mail and password and opens a session. An unknown or disabled
 * account takes as long as a known one with a wrong password. Failures are
 * counted by account and by address, and audited. */
enum status account_login(struct db *db, struct arena *a, const char *email,
    const char *password, const char *address, struct login *out,
    struct err *e);
/* Ends the session of a cookie. */
enum status account_logout(struct db *db, const struct actor *actor,
    const unsigned char token_hash[32], struct err *e);

/* Makes a member. */
enum status account_create(struct db *db, struct arena *a,
    const struct actor *actor, const char *email, const char *name,
    const char *password, enum role role, struct member_id *out,
    struct account_problem *p, struct err *e);
/* Gives a member another name, by an admin's hand or their own. */
enum status account_rename(struct db *db, const struct actor *actor,
    struct member_id id, const char *name, struct account_problem *p,
    struct err *e);
/* Gives a member another password and ends their sessions, but that of the
 * cookie `keep` (NULL: all). */
enum status account_set_password(struct db *db, const struct actor *actor,
    struct member_id id, const char *password, const unsigned char *keep,
    struct account_problem *p, struct err *e);
/* The same by the member's own hand, who says the current password too (field
 * "current"; wrong ones count as failed logins do). Other sessions than `keep`
 * end. */
enum status account_change_password(struct db *db, struct arena *a,
    const struct actor *actor, const char *current, const char *password,
    const unsigned char keep[32], struct account_problem *p, struct err *e);
/* Changes role and access. INVALID when it would leave no admin who can log
 * in. Disabling ends the member's sessions at once. */
enum status account_set_access(struct db *db, const struct actor *actor,
    struct member_id id, enum role role, bool disabled,
    struct account_problem *p, struct err *e);

/* The rules alone: NULL, or the sentence that says what is wrong. */
const char *account_email_problem(const char *email);
const char *account_name_problem(const char *name);
const char *account_password_problem(const char *password);

#endif
