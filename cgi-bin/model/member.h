/* member.h: the people of the team, and what they may do */
/* SPDX-License-Identifier: MIT */
#ifndef MODEL_MEMBER_H
#define MODEL_MEMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "model/id.h"

/* Each role may do what the ones before it may. */
enum role {
	ROLE_NONE,   /* not logged in */
	ROLE_VIEWER, /* sees and exports */
	ROLE_EDITOR, /* changes contacts, imports */
	ROLE_ADMIN   /* team and settings too */
};

struct member {
	struct member_id id;
	const char *email;
	const char *name;
	enum role role;
	bool disabled;
	int64_t created_at;    /* ms */
	int64_t last_login_at; /* ms; 0: never */
};

/* Who does something, for revisions and the audit log. */
struct actor {
	struct member_id member;
	struct token_id token; /* 0 unless through the API */
	const char *address;   /* network address, "" for the command line */
};

#endif
