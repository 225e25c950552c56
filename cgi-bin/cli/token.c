/* token.c: rubrica token: a new API token */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "cli/command.h"
#include "cli/session.h"
#include "domain/account.h"
#include "storage/member_store.h"

#define NAME "command line"

static enum status find_member(
    struct cli_session *s, const char *email, struct member *out)
{
	const char *hash;
	enum status st;

	if (!email) {
		st = member_store_first_admin(s->db, &s->arena, out, &s->err);
		if (st == STATUS_NOT_FOUND)
			return cli_refuse("There is no admin yet.");
		return st;
	}
	st = member_store_login(s->db, &s->arena, email, out, &hash, &s->err);
	if (st == STATUS_NOT_FOUND || (st == STATUS_OK && out->disabled))
		return cli_refuse("No member %s can log in.", email);
	return st;
}

int command_token(int argc, char **argv)
{
	struct cli_session s;
	struct member member;
	char token[CRYPTO_TOKEN_SIZE];

	cli_open(&s, false);
	enum status st = find_member(&s, argc ? argv[0] : NULL, &member);

	if (st == STATUS_OK)
		st = account_token(
		    s.db, &s.actor, member.id, NAME, token, &s.err);
	if (st == STATUS_OK)
		printf("%s\n", token);
	return cli_close(&s, st, "making a token");
}
