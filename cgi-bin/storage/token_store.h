/* token_store.h: rows of api_token */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_TOKEN_STORE_H
#define STORAGE_TOKEN_STORE_H

#include <stddef.h>

#include "base/arena.h"
#include "model/member.h"
#include "storage/db.h"

struct api_token {
	struct token_id id;
	struct member member; /* who made it: its rights are theirs */
	const char *name;
	unsigned scopes;      /* of model/token_scope.h */
	int64_t created_at;   /* ms */
	int64_t expires_at;   /* ms; 0: never */
	int64_t last_used_at; /* ms; 0: never */
	bool expired;	      /* by the database's clock */
	bool revoked;
};

struct new_token {
	struct member_id member;
	const char *name;
	unsigned scopes;
	int64_t expires_at;	   /* ms; 0: never */
	const unsigned char *hash; /* SHA-256 of the token, which itself is not
				    * stored */
};
enum status token_store_insert(struct db *db, const struct new_token *t,
    struct token_id *out, struct err *e);
/* NOT_FOUND when there is none, when it is revoked and when its member is
 * disabled; one that has expired is found. */
enum status token_store_get(struct db *db, struct arena *a,
    const unsigned char token_hash[32], struct api_token *out, struct err *e);
/* Locks the row until the transaction ends. */
enum status token_store_lock(struct db *db, struct arena *a, struct token_id id,
    struct api_token *out, struct err *e);
/* Those of a member, or of all (member 0): the ones that can be used first, and
 * each newest first; at most 1,000. */
enum status token_store_list(struct db *db, struct arena *a,
    struct member_id member, struct api_token **rows, size_t *count,
    struct err *e);
enum status token_store_revoke(
    struct db *db, struct token_id id, struct err *e);
/* Records that it was used; at most once a minute is written. */
enum status token_store_touch(struct db *db, struct token_id id, struct err *e);

#endif
