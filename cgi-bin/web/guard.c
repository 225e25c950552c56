/* guard.c: who a request is from, and what they may do */
/* SPDX-License-Identifier: MIT */
#include "web/guard.h"

#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/str.h"
#include "model/token_scope.h"
#include "storage/session_store.h"
#include "storage/token_store.h"

#define TOUCH_EVERY 60000 /* ms */

/* A text as crypto_token() makes them. */
static bool is_token(const char *z)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789-_";

	return z && strlen(z) == CRYPTO_TOKEN_SIZE - 1 &&
	       strspn(z, letters) == CRYPTO_TOKEN_SIZE - 1;
}

static void hash_of(const char *token, unsigned char out[CRYPTO_HASH_BYTES])
{
	crypto_sha256(token, strlen(token), out);
}

static enum status identify_session(struct request *rq, struct err *e)
{
	const char *token = request_cookie(rq, GUARD_COOKIE);
	struct session *s = arena_alloc(rq->arena, sizeof(*s));
	const char *form_token = request_cookie(rq, GUARD_FORM_COOKIE);
	enum status st;

	if (is_token(form_token))
		rq->csrf = form_token;
	if (!is_token(token))
		return STATUS_OK;
	hash_of(token, rq->session_hash);
	st = session_store_get(rq->db, rq->arena, rq->session_hash, s, e);
	if (st == STATUS_NOT_FOUND)
		return STATUS_OK;
	if (st != STATUS_OK)
		return st;
	rq->member = &s->member;
	rq->actor.member = s->member.id;
	rq->csrf = s->csrf;
	rq->flash = s->flash;
	rq->has_session = true;
	rq->book = s->book;
	rq->work = s->work;
	rq->marks = s->marks;
	if (clock_now() - s->seen_at > TOUCH_EVERY)
		st = session_store_touch(rq->db, rq->session_hash, e);
	return st;
}

static enum status identify_token(struct request *rq, struct err *e)
{
	static const char scheme[] = "Bearer ";
	unsigned char hash[CRYPTO_HASH_BYTES];
	struct api_token *t = arena_alloc(rq->arena, sizeof(*t));
	const char *token = rq->authorization;
	enum status st;

	if (strncasecmp(token, scheme, sizeof(scheme) - 1) != 0)
		return STATUS_OK;
	token += sizeof(scheme) - 1;
	while (*token == ' ')
		token++;
	if (!is_token(token))
		return STATUS_OK;
	hash_of(token, hash);
	st = token_store_get(rq->db, rq->arena, hash, t, e);
	if (st == STATUS_NOT_FOUND)
		return STATUS_OK;
	if (st != STATUS_OK)
		return st;
	rq->token_expired = t->expired;
	if (t->expired)
		return STATUS_OK;
	rq->member = &t->member;
	rq->actor.member = t->member.id;
	rq->actor.token = t->id;
	rq->scopes = t->scopes;
	return token_store_touch(rq->db, t->id, e);
}

enum status guard_identify(struct request *rq, struct err *e)
{
	return rq->api ? identify_token(rq, e) : identify_session(rq, e);
}

static bool changes(const struct request *rq)
{
	return rq->method != METHOD_GET;
}

unsigned guard_scope(const struct request *rq, const struct route *r)
{
	if (!changes(rq))
		return SCOPE_READ;
	if (r->methods & ROUTE_SCOPE_IMPORT)
		return SCOPE_IMPORT;
	return r->methods & ROUTE_SCOPE_ERASE ? SCOPE_ERASE : SCOPE_WRITE;
}

enum verdict guard_role(const struct request *rq, const struct route *r)
{
	enum role least = r->role;

	if (least == ROLE_NONE)
		return GUARD_PASS;
	if (!rq->member)
		return rq->token_expired ? GUARD_EXPIRED : GUARD_LOG_IN;
	if (changes(rq) && least < ROLE_EDITOR &&
	    !(r->methods & ROUTE_WRITE_VIEWER))
		least = ROLE_EDITOR;
	if (rq->member->role < least)
		return GUARD_ROLE;
	if (r->kind == ROUTE_API && !(rq->scopes & guard_scope(rq, r)))
		return GUARD_SCOPE;
	return GUARD_PASS;
}

enum verdict guard_form(const struct request *rq, const struct route *r)
{
	if (r->kind == ROUTE_API || !changes(rq))
		return GUARD_PASS;
	if (str_equal_nocase(rq->fetch_site, "cross-site"))
		return GUARD_FORM;
	if (str_empty(rq->csrf) ||
	    !crypto_equal_text(rq->csrf, form_text(&rq->form, "csrf")))
		return GUARD_FORM;
	return GUARD_PASS;
}

const char *guard_login_path(const struct request *rq)
{
	const char *next = rq->path;

	if (rq->method != METHOD_GET || str_equal(rq->path, "/"))
		return "/login";
	if (*rq->query)
		next = arena_printf(rq->arena, "%s?%s", next, rq->query);
	return arena_printf(
	    rq->arena, "/login?next=%s", url_escape(rq->arena, next));
}

void guard_set_cookie(struct request *rq, struct response *rs, const char *name,
    const char *value)
{
	response_header(rq, rs, "Set-Cookie",
	    arena_printf(rq->arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s",
		name, value, rq->https ? "; Secure" : "",
		*value ? "" : "; Max-Age=0"));
}

void guard_prepare_form(struct request *rq, struct response *rs)
{
	char token[CRYPTO_TOKEN_SIZE];

	if (rq->has_session || !str_empty(rq->csrf))
		return;
	crypto_token(token);
	rq->csrf = arena_strdup(rq->arena, token);
	guard_set_cookie(rq, rs, GUARD_FORM_COOKIE, token);
}
