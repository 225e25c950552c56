/* token.c: rubrica token: a new API token */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "cli/command.h"
#include "cli/session.h"
#include "domain/token.h"
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

/* "read,write"; all of them when nothing is said. */
static enum status read_scopes(
    struct cli_session *s, const char *text, unsigned *out)
{
	*out = str_empty(text) ? SCOPES_ALL : 0;
	while (!str_empty(text)) {
		size_t n = strcspn(text, ", ");
		const char *word = arena_strndup(&s->arena, text, n);
		unsigned scope = token_scope_of(word);

		if (n && !scope)
			return cli_refuse("A scope is read, write, import or "
					  "erase, not %s.",
			    word);
		*out |= scope;
		text += n + (text[n] != '\0');
	}
	return STATUS_OK;
}

int command_token(int argc, char **argv)
{
	struct cli_session s;
	struct member member = {.disabled = false};
	struct account_problem p = {"", ""};
	struct token_request r = {.name = NAME,
	    .expires = str_or_empty(getenv("RUBRICA_TOKEN_EXPIRES"))};
	char token[CRYPTO_TOKEN_SIZE];

	cli_open(&s, false);
	enum status st = find_member(&s, argc ? argv[0] : NULL, &member);

	if (st == STATUS_OK)
		st = read_scopes(&s, getenv("RUBRICA_TOKEN_SCOPES"), &r.scopes);
	r.member = member.id;
	if (st == STATUS_OK)
		st =
		    token_make(s.db, &s.arena, &s.actor, &r, token, &p, &s.err);
	if (st == STATUS_INVALID && *p.field)
		st = cli_refuse("%s: %s", p.field, p.text);
	if (st == STATUS_OK)
		printf("%s\n", token);
	return cli_close(&s, st, "making a token");
}
