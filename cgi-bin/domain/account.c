/* account.c: members: logging in, passwords, roles */
/* SPDX-License-Identifier: MIT */
#include "domain/account.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "storage/audit_store.h"
#include "storage/member_store.h"

/* --- the rules --- */

static bool has_control(const char *z)
{
	for (; *z; z++)
		if ((unsigned char)*z < ' ' || *z == 0x7f)
			return true;
	return false;
}

const char *account_email_problem(const char *email)
{
	const char *at = strrchr(email, '@');

	if (str_empty(email))
		return "Enter an e-mail address.";
	if (strlen(email) > ACCOUNT_EMAIL_MAX)
		return "Enter an e-mail address of at most 254 characters.";
	if (!at || at == email || strchr(email, '@') != at ||
	    !strchr(at, '.') || at[1] == '.' || str_ends(at, ".") ||
	    strpbrk(email, " \t<>\"(),;:\\") || has_control(email))
		return "Enter an e-mail address like name@example.com.";
	return NULL;
}

const char *account_name_problem(const char *name)
{
	if (str_empty(name))
		return "Enter a name.";
	if (utf8_length(name) > ACCOUNT_NAME_MAX)
		return "Enter a name of at most 100 characters.";
	if (has_control(name))
		return "Enter the name in one line.";
	return NULL;
}

const char *account_password_problem(const char *password)
{
	size_t n = utf8_length(password);

	if (n < ACCOUNT_PASSWORD_MIN)
		return "Choose a password of at least 10 characters.";
	if (n > ACCOUNT_PASSWORD_MAX)
		return "Choose a password of at most 256 characters.";
	return NULL;
}

static enum status problem(
    struct account_problem *p, const char *field, const char *text)
{
	p->field = field;
	p->text = text;
	return STATUS_INVALID;
}

static enum status audit_member(struct db *db, const struct actor *actor,
    const char *action, struct member_id id, const char *details, struct err *e)
{
	char subject[40];

	snprintf(
	    subject, sizeof(subject), "member %llu", (unsigned long long)id.n);
	return audit_add(db, actor, action, subject, details, e);
}

/* --- logging in --- */

/* Seconds until one of `count` failures is older than LOGIN_MINUTES; 0 when
 * there are fewer than `max`. */
static unsigned wait_of(uint64_t count, uint64_t oldest, unsigned max)
{
	const uint64_t span = LOGIN_MINUTES * 60;

	if (count < max)
		return 0;
	return oldest < span ? (unsigned)(span - oldest) : 1;
}

static enum status check_throttle(struct db *db, const char *account,
    const char *address, struct login *out, struct err *e)
{
	struct login_failures f = {0};
	enum status st =
	    login_failure_count(db, account, address, LOGIN_MINUTES, &f, e);
	unsigned by_address;

	if (st != STATUS_OK)
		return st;
	out->wait = wait_of(f.by_account, f.oldest_account, LOGIN_ACCOUNT_MAX);
	by_address = wait_of(f.by_address, f.oldest_address, LOGIN_ADDRESS_MAX);
	if (by_address > out->wait)
		out->wait = by_address;
	out->result = out->wait ? LOGIN_LATER : LOGIN_WRONG;
	return STATUS_OK;
}

/* One try to log in, as the audit log and the throttle have it. */
struct attempt {
	const char *account; /* as it was typed */
	const char *address;
	struct login *out;
};

/* What was typed, unless it is no address: it may be a password then. */
static const char *attempt_subject(const struct attempt *t)
{
	return account_email_problem(t->account) ? "not an e-mail address"
						 : t->account;
}

static enum status write_failure(struct db *db, void *arg, struct err *e)
{
	const struct attempt *t = arg;
	struct actor nobody = {.address = t->address};
	enum status st = login_failure_add(db, t->account, t->address, e);

	if (st == STATUS_OK)
		st = audit_add(
		    db, &nobody, "login.failure", attempt_subject(t), "", e);
	return st;
}

static enum status record_failure(
    struct db *db, const char *account, const char *address, struct err *e)
{
	struct attempt t = {account, address, NULL};

	return db_transact(db, write_failure, &t, e);
}

/* Who is made to wait can go on trying as fast as they like; so not each of
 * these tries has an entry. */
static enum status record_throttled(
    struct db *db, const char *account, const char *address, struct err *e)
{
	struct attempt t = {account, address, NULL};
	struct actor nobody = {.address = address};
	bool known = true;
	enum status st = audit_said_lately(
	    db, "login.throttled", attempt_subject(&t), address, &known, e);

	if (st == STATUS_OK && !known)
		st = audit_add(
		    db, &nobody, "login.throttled", attempt_subject(&t), "", e);
	return st;
}

static enum status write_session(struct db *db, void *arg, struct err *e)
{
	const struct attempt *t = arg;
	struct member_id member = t->out->member.id;
	struct actor actor = {.member = member, .address = t->address};
	unsigned char hash[CRYPTO_HASH_BYTES];
	char csrf[CRYPTO_TOKEN_SIZE];
	enum status st;

	crypto_token(t->out->token);
	crypto_token(csrf);
	crypto_sha256(t->out->token, strlen(t->out->token), hash);
	st = session_store_insert(db, hash, member, csrf, e);
	if (st == STATUS_OK)
		st = member_store_logged_in(db, member, e);
	if (st == STATUS_OK)
		st = login_failure_clear(db, t->account, e);
	if (st == STATUS_OK)
		st = audit_member(db, &actor, "login", member, "", e);
	return st;
}

static enum status open_session(struct db *db, const char *account,
    const char *address, struct login *out, struct err *e)
{
	struct attempt t = {account, address, out};
	enum status st = db_transact(db, write_session, &t, e);

	if (st == STATUS_OK)
		st = session_store_sweep(db, e);
	if (st == STATUS_OK)
		out->result = LOGIN_OK;
	return st;
}

enum status account_login(struct db *db, struct arena *a, const char *email,
    const char *password, const char *address, struct login *out, struct err *e)
{
	const char *hash = NULL;
	enum status st;
	bool right;

	*out = (struct login){.result = LOGIN_WRONG};
	if (strlen(email) > ACCOUNT_EMAIL_MAX)
		email = arena_strndup(a, email, 64);
	st = check_throttle(db, email, address, out, e);
	if (st == STATUS_OK && out->result == LOGIN_LATER)
		return record_throttled(db, email, address, e);
	if (st != STATUS_OK)
		return st;
	st = member_store_login(db, a, email, &out->member, &hash, e);
	if (st != STATUS_OK && st != STATUS_NOT_FOUND)
		return st;
	if (st == STATUS_NOT_FOUND || out->member.disabled) {
		crypto_password_dummy(password);
		return record_failure(db, email, address, e);
	}
	right = crypto_password_verify(hash, password);
	return right ? open_session(db, email, address, out, e)
		     : record_failure(db, email, address, e);
}

struct leaving {
	const struct actor *actor;
	const unsigned char *token_hash;
};

static enum status leave(struct db *db, void *arg, struct err *e)
{
	const struct leaving *l = arg;
	enum status st = session_store_delete(db, l->token_hash, e);

	if (st == STATUS_OK)
		st = audit_member(
		    db, l->actor, "logout", l->actor->member, "", e);
	return st;
}

enum status account_logout(struct db *db, const struct actor *actor,
    const unsigned char token_hash[32], struct err *e)
{
	struct leaving l = {actor, token_hash};

	return db_transact(db, leave, &l, e);
}

/* --- members --- */

struct creation {
	const struct actor *actor;
	const char *email;
	const char *name;
	const char *hash;
	enum role role;
	struct member_id *out;
};

static enum status create(struct db *db, void *arg, struct err *e)
{
	struct creation *c = arg;
	char details[400];
	enum status st = member_store_insert(
	    db, c->email, c->name, c->hash, c->role, c->out, e);

	if (st != STATUS_OK)
		return st;
	snprintf(
	    details, sizeof(details), "%s, %s", c->email, role_word(c->role));
	return audit_member(db, c->actor, "member.create", *c->out, details, e);
}

enum status account_create(struct db *db, struct arena *a,
    const struct actor *actor, const char *email, const char *name,
    const char *password, enum role role, struct member_id *out,
    struct account_problem *p, struct err *e)
{
	char hash[CRYPTO_PASSWORD_SIZE];
	struct creation c = {actor, email, name, hash, role, out};
	const char *text;
	enum status st;

	(void)a;
	if ((text = account_name_problem(name)))
		return problem(p, "name", text);
	if ((text = account_email_problem(email)))
		return problem(p, "email", text);
	if ((text = account_password_problem(password)))
		return problem(p, "password", text);
	if (role == ROLE_NONE)
		return problem(p, "role", "Choose a role.");
	crypto_password_hash(password, hash);
	st = db_transact(db, create, &c, e);
	if (st == STATUS_CONFLICT)
		return problem(p, "email",
		    "Another member has this e-mail address: "
		    "change it, or change that member.");
	return st;
}

struct renaming {
	const struct actor *actor;
	struct member_id id;
	const char *name;
};

static enum status rename_member(struct db *db, void *arg, struct err *e)
{
	struct renaming *r = arg;
	enum status st = member_store_set_name(db, r->id, r->name, e);

	if (st == STATUS_OK)
		st = audit_member(db, r->actor, "member.name", r->id, "", e);
	return st;
}

enum status account_rename(struct db *db, const struct actor *actor,
    struct member_id id, const char *name, struct account_problem *p,
    struct err *e)
{
	struct renaming r = {actor, id, name};
	const char *text = account_name_problem(name);

	if (text)
		return problem(p, "name", text);
	return db_transact(db, rename_member, &r, e);
}

struct password_change {
	const struct actor *actor;
	struct member_id id;
	const char *hash;
	const unsigned char *keep;
};

static enum status change_password(struct db *db, void *arg, struct err *e)
{
	struct password_change *c = arg;
	enum status st = member_store_set_password(db, c->id, c->hash, e);

	if (st == STATUS_OK)
		st = session_store_delete_member(db, c->id, c->keep, e);
	if (st == STATUS_OK)
		st =
		    audit_member(db, c->actor, "member.password", c->id, "", e);
	return st;
}

enum status account_set_password(struct db *db, const struct actor *actor,
    struct member_id id, const char *password, const unsigned char *keep,
    struct account_problem *p, struct err *e)
{
	char hash[CRYPTO_PASSWORD_SIZE];
	struct password_change c = {actor, id, hash, keep};
	const char *text = account_password_problem(password);

	if (text)
		return problem(p, "password", text);
	crypto_password_hash(password, hash);
	return db_transact(db, change_password, &c, e);
}

enum status account_change_password(struct db *db, struct arena *a,
    const struct actor *actor, const char *current, const char *password,
    const unsigned char keep[32], struct account_problem *p, struct err *e)
{
	struct login login;
	struct member m;
	const char *hash;
	enum status st = member_store_get(db, a, actor->member, &m, e);

	if (st == STATUS_OK)
		st = check_throttle(db, m.email, actor->address, &login, e);
	if (st == STATUS_OK && login.result == LOGIN_LATER)
		return problem(p, "current",
		    "Too many tries have failed. Wait a quarter of an hour.");
	if (st == STATUS_OK)
		st = member_store_login(db, a, m.email, &m, &hash, e);
	if (st != STATUS_OK)
		return st;
	if (!crypto_password_verify(hash, current)) {
		st = record_failure(db, m.email, actor->address, e);
		return st == STATUS_OK
			   ? problem(p, "current",
				 "This is not your current password.")
			   : st;
	}
	return account_set_password(
	    db, actor, actor->member, password, keep, p, e);
}

struct access_change {
	const struct actor *actor;
	struct member_id id;
	enum role role;
	bool disabled;
};

/* INVALID when the member is the only admin who can log in. */
static enum status check_last_admin(
    struct db *db, const struct access_change *c, struct err *e)
{
	struct member m;
	struct arena a;
	uint64_t admins = 0;
	enum status st;

	arena_init(&a);
	st = member_store_lock_admins(db, &admins, e);
	if (st == STATUS_OK)
		st = member_store_get(db, &a, c->id, &m, e);
	if (st == STATUS_OK && m.role == ROLE_ADMIN && !m.disabled &&
	    (c->role != ROLE_ADMIN || c->disabled) && admins < 2)
		st = ERR(e, STATUS_INVALID, "the last admin");
	arena_release(&a);
	return st;
}

static enum status change_access(struct db *db, void *arg, struct err *e)
{
	struct access_change *c = arg;
	enum status st = check_last_admin(db, c, e);

	if (st == STATUS_OK)
		st = member_store_set_role(db, c->id, c->role, e);
	if (st == STATUS_OK)
		st = member_store_set_disabled(db, c->id, c->disabled, e);
	if (st == STATUS_OK && c->disabled)
		st = session_store_delete_member(db, c->id, NULL, e);
	if (st == STATUS_OK)
		st = audit_member(db, c->actor, "member.access", c->id,
		    c->disabled ? "disabled" : role_word(c->role), e);
	return st;
}

enum status account_set_access(struct db *db, const struct actor *actor,
    struct member_id id, enum role role, bool disabled,
    struct account_problem *p, struct err *e)
{
	struct access_change c = {actor, id, role, disabled};
	enum status st;

	if (role == ROLE_NONE)
		return problem(p, "role", "Choose a role.");
	st = db_transact(db, change_access, &c, e);
	if (st == STATUS_INVALID)
		return problem(p, "role",
		    "This is the only admin who can log in: "
		    "make another member an admin first.");
	return st;
}
