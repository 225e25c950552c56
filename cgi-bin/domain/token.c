/* token.c: API tokens: making and revoking them */
/* SPDX-License-Identifier: MIT */
#include "domain/token.h"

#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "storage/audit_store.h"
#include "storage/token_store.h"

#define DAY_LENGTH 10 /* of "2026-10-31" */
#define DAY_MS (24LL * 3600 * 1000)

unsigned token_scope_of(const char *word)
{
	for (size_t i = 0; i < TOKEN_SCOPES; i++)
		if (str_equal_nocase(word, token_scopes[i].word))
			return token_scopes[i].flag;
	return 0;
}

const char *token_scopes_text(struct arena *a, unsigned scopes)
{
	const char *text = "";

	for (size_t i = 0; i < TOKEN_SCOPES; i++)
		if (scopes & token_scopes[i].flag)
			text = arena_printf(a, "%s%s%s", text,
			    *text ? ", " : "", token_scopes[i].word);
	return *text ? text : "none";
}

bool token_read_expiry(const char *text, int64_t now, int64_t *ms)
{
	*ms = 0;
	if (str_empty(text))
		return true;
	if (!clock_parse(text, true, ms))
		return false;
	if (strlen(text) == DAY_LENGTH)
		*ms += DAY_MS;
	return *ms > now;
}

static enum status problem(
    struct account_problem *p, const char *field, const char *text)
{
	*p = (struct account_problem){field, text};
	return STATUS_INVALID;
}

/* --- making --- */

struct making {
	struct arena *arena;
	const struct actor *actor;
	struct new_token token;
};

static const char *subject(struct arena *a, struct token_id id)
{
	return arena_printf(a, "token %llu", (unsigned long long)id.n);
}

/* "Shop: read, write; until 2026-10-31T00:00:00.000Z" */
static const char *details(struct arena *a, const struct new_token *t)
{
	const char *text =
	    arena_printf(a, "%s: %s", t->name, token_scopes_text(a, t->scopes));
	char until[32];

	if (!t->expires_at)
		return text;
	clock_format(t->expires_at, until);
	return arena_printf(a, "%s; until %s", text, until);
}

static enum status insert(struct db *db, void *arg, struct err *e)
{
	struct making *m = arg;
	struct token_id id;
	enum status st = token_store_insert(db, &m->token, &id, e);

	if (st == STATUS_OK)
		st = audit_add(db, m->actor, "token.create",
		    subject(m->arena, id), details(m->arena, &m->token), e);
	return st;
}

enum status token_make(struct db *db, struct arena *a,
    const struct actor *actor, const struct token_request *r,
    char out[CRYPTO_TOKEN_SIZE], struct account_problem *p, struct err *e)
{
	unsigned char hash[CRYPTO_HASH_BYTES];
	struct making m = {.arena = a,
	    .actor = actor,
	    .token = {.member = r->member,
		.name = r->name,
		.scopes = r->scopes,
		.hash = hash}};

	if (account_name_problem(r->name))
		return problem(p, "token_name",
		    "Enter what the token is for, in at most 100 letters.");
	if (!r->scopes)
		return problem(
		    p, "scope", "Choose at least one thing that it may do.");
	if (!token_read_expiry(r->expires, clock_now(), &m.token.expires_at))
		return problem(p, "expires",
		    "Choose a day that is not over yet, like 2030-12-31, or "
		    "leave it empty.");
	crypto_token(out);
	crypto_sha256(out, strlen(out), hash);
	return db_transact(db, insert, &m, e);
}

/* --- revoking --- */

struct revoking {
	struct arena *arena;
	const struct actor *actor;
	struct token_id id;
	bool any;
};

static enum status take_away(struct db *db, void *arg, struct err *e)
{
	struct revoking *r = arg;
	struct api_token t;
	enum status st = token_store_lock(db, r->arena, r->id, &t, e);

	if (st == STATUS_OK &&
	    (t.revoked || (!r->any && t.member.id.n != r->actor->member.n)))
		return ERR(e, STATUS_NOT_FOUND, "no such token");
	if (st == STATUS_OK)
		st = token_store_revoke(db, r->id, e);
	if (st == STATUS_OK)
		st = audit_add(db, r->actor, "token.revoke",
		    subject(r->arena, r->id), t.name, e);
	return st;
}

enum status token_revoke(struct db *db, struct arena *a,
    const struct actor *actor, struct token_id id, bool any, struct err *e)
{
	struct revoking r = {a, actor, id, any};

	return db_transact(db, take_away, &r, e);
}
