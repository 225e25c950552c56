/* user.c: rubrica user: the members, from the command line */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "cli/command.h"
#include "cli/session.h"
#include "domain/account.h"
#include "storage/member_store.h"

#define MADE_LENGTH 16

/* A line of standard input, or when there is none a password that is made up
 * and shown. */
static const char *get_password(struct cli_session *s)
{
	char line[1100] = "", token[CRYPTO_TOKEN_SIZE];

	if (!isatty(STDIN_FILENO) && fgets(line, sizeof(line), stdin))
		line[strcspn(line, "\r\n")] = '\0';
	if (!str_empty(line))
		return arena_strdup(&s->arena, line);
	crypto_token(token);
	const char *password = arena_strndup(&s->arena, token, MADE_LENGTH);

	printf("Password: %s\n", password);
	return password;
}

static enum status say_problem(enum status st, const struct account_problem *p)
{
	if (st == STATUS_INVALID)
		return cli_refuse("%s%s%s", p->field,
		    str_empty(p->field) ? "" : ": ", p->text);
	return st;
}

static enum status find(
    struct cli_session *s, const char *email, struct member *out)
{
	const char *hash;
	enum status st =
	    member_store_login(s->db, &s->arena, email, out, &hash, &s->err);

	if (st == STATUS_NOT_FOUND)
		return cli_refuse("There is no member %s.", email);
	return st;
}

static enum status user_list(struct cli_session *s, int argc, char **argv)
{
	struct member *rows;
	size_t count;
	enum status st =
	    member_store_list(s->db, &s->arena, &rows, &count, &s->err);

	(void)argc;
	(void)argv;
	for (size_t i = 0; st == STATUS_OK && i < count; i++)
		printf("%s\t%s\t%s\t%s\n", rows[i].email,
		    role_word(rows[i].role),
		    rows[i].disabled ? "disabled" : "active", rows[i].name);
	return st;
}

static enum status user_add(struct cli_session *s, int argc, char **argv)
{
	struct account_problem p = {"", ""};
	struct member_id id;
	enum role role = role_of(argv[1]);

	if (role == ROLE_NONE)
		return cli_refuse("A role is admin, editor or viewer.");
	return say_problem(account_create(s->db, &s->arena, &s->actor, argv[0],
			       argc > 2 ? argv[2] : argv[0], get_password(s),
			       role, &id, &p, &s->err),
	    &p);
}

static enum status user_password(struct cli_session *s, int argc, char **argv)
{
	struct account_problem p = {"", ""};
	struct member member;
	enum status st = find(s, argv[0], &member);

	(void)argc;
	if (st != STATUS_OK)
		return st;
	return say_problem(account_set_password(s->db, &s->actor, member.id,
			       get_password(s), NULL, &p, &s->err),
	    &p);
}

static enum status set_disabled(
    struct cli_session *s, const char *email, bool disabled)
{
	struct account_problem p = {"", ""};
	struct member member;
	enum status st = find(s, email, &member);

	if (st != STATUS_OK)
		return st;
	return say_problem(account_set_access(s->db, &s->actor, member.id,
			       member.role, disabled, &p, &s->err),
	    &p);
}

static enum status user_disable(struct cli_session *s, int argc, char **argv)
{
	(void)argc;
	return set_disabled(s, argv[0], true);
}

static enum status user_enable(struct cli_session *s, int argc, char **argv)
{
	(void)argc;
	return set_disabled(s, argv[0], false);
}

static const struct verb {
	const char *name;
	int least, most; /* words after it */
	enum status (*run)(struct cli_session *s, int argc, char **argv);
} verbs[] = {
    {"list", 0, 0, user_list},
    {"add", 2, 3, user_add},
    {"password", 1, 1, user_password},
    {"disable", 1, 1, user_disable},
    {"enable", 1, 1, user_enable},
};

int command_user(int argc, char **argv)
{
	struct cli_session s;

	for (size_t i = 0; argc && i < sizeof(verbs) / sizeof(*verbs); i++) {
		const struct verb *v = &verbs[i];

		if (!str_equal(argv[0], v->name) || argc - 1 < v->least ||
		    argc - 1 > v->most)
			continue;
		cli_open(&s, false);
		enum status st = v->run(&s, argc - 1, argv + 1);

		return cli_close(&s, st, "changing the members");
	}
	fprintf(stderr, "usage: rubrica user list | add EMAIL ROLE [NAME] | "
			"password EMAIL | disable EMAIL | enable EMAIL\n");
	return 2;
}
