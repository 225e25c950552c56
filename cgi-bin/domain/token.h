/* token.h: API tokens: making and revoking them */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_TOKEN_H
#define DOMAIN_TOKEN_H

#include "base/arena.h"
#include "base/crypto.h"
#include "domain/account.h"
#include "model/member.h"
#include "model/token_scope.h"
#include "storage/db.h"

/* What a token is to be, as it was typed. */
struct token_request {
	struct member_id member; /* whose rights it has */
	const char *name;	 /* trimmed */
	unsigned scopes;	 /* of token_scope.h */
	/* "": it does not expire; a day: with its end, UTC; or a moment */
	const char *expires;
};

/* The flag of a word, in any letter case; 0 for another word. */
unsigned token_scope_of(const char *word);
/* "read, write": the words of flags; "none" for 0. */
const char *token_scopes_text(struct arena *a, unsigned scopes);

/* When a token ends: false when the text is no day and no moment, or one that
 * is over at `now`. *ms: 0 for "". */
bool token_read_expiry(const char *text, int64_t now, int64_t *ms);

/* Makes one, with its audit entry. The text is shown once, here, and only its
 * hash is stored. INVALID with a problem at "token_name", "scope" or
 * "expires". */
enum status token_make(struct db *db, struct arena *a,
    const struct actor *actor, const struct token_request *r,
    char out[CRYPTO_TOKEN_SIZE], struct account_problem *p, struct err *e);

/* Takes a token away, at once and for good. any: of whomever; else one of the
 * actor's own. NOT_FOUND for others, and for those that are revoked. */
enum status token_revoke(struct db *db, struct arena *a,
    const struct actor *actor, struct token_id id, bool any, struct err *e);

#endif
