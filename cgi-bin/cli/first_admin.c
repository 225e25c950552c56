/* first_admin.c: who can log in before there is anybody */
/* SPDX-License-Identifier: MIT */
#include "cli/first_admin.h"

#include "base/crypto.h"
#include "base/log.h"
#include "base/str.h"
#include "domain/account.h"
#include "storage/member_store.h"

#define DEFAULT_EMAIL "admin@example.com"
#define DEFAULT_NAME "Admin"

static enum status make_admin(struct db *db, struct arena *a,
    const struct options *o, struct first_admin *out, struct err *e)
{
	char token[CRYPTO_TOKEN_SIZE], hash[CRYPTO_PASSWORD_SIZE];
	struct member_id id;

	out->email = str_empty(o->admin_email) ? DEFAULT_EMAIL : o->admin_email;
	out->password = o->admin_password;
	if (account_email_problem(out->email))
		return ERR(e, STATUS_INVALID, "ADMIN_EMAIL %s: %s", out->email,
		    account_email_problem(out->email));
	if (str_empty(out->password)) {
		crypto_token(token);
		out->password = arena_strndup(a, token, 16);
	} else if (account_password_problem(out->password)) {
		log_warn("ADMIN_PASSWORD: %s",
		    account_password_problem(out->password));
	}
	crypto_password_hash(out->password, hash);
	return member_store_insert(
	    db, out->email, DEFAULT_NAME, hash, ROLE_ADMIN, &id, e);
}

enum status first_admin_find(struct db *db, struct arena *a,
    const struct options *o, struct first_admin *out, struct err *e)
{
	struct member *rows, admin;
	size_t count;
	enum status st = member_store_list(db, a, &rows, &count, e);

	*out = (struct first_admin){"", NULL};
	if (st != STATUS_OK)
		return st;
	if (count == 0)
		return make_admin(db, a, o, out, e);
	st = member_store_first_admin(db, a, &admin, e);
	if (st == STATUS_OK)
		out->email = admin.email;
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}
