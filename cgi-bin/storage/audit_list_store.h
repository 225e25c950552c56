/* audit_list_store.h: pages of the audit log */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_AUDIT_LIST_STORE_H
#define STORAGE_AUDIT_LIST_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "model/member.h"
#include "storage/db.h"

/* Who did it. Rows have the member and the token; where there is neither, the
 * address and the action tell. */
enum audit_by {
	AUDIT_BY_ANYBODY, /* of a query: whoever it was */
	AUDIT_BY_MEMBER,  /* on a page */
	AUDIT_BY_TOKEN,	  /* through the API */
	AUDIT_BY_COMMAND, /* the command line: no address */
	AUDIT_BY_ITSELF,  /* the worker, when its time had come */
	AUDIT_BY_WHATSAPP,
	AUDIT_BY_STRANGER /* somebody who is not logged in */
};

/* A list of actions ("import.undo"). */
struct audit_actions {
	const char **items;
	size_t count;
};

/* A place between two entries; at 0: the newest. */
struct audit_place {
	int64_t at; /* ms */
	uint64_t id;
};

struct audit_query {
	struct member_id member; /* 0: whoever; tokens of theirs too */
	struct token_id token;
	enum audit_by by; /* ANYBODY, COMMAND, ITSELF, WHATSAPP, STRANGER */
	struct audit_actions actions; /* any of these; none: all */
	const char *subject;	      /* "contact 7"; NULL: any */
	const char *address;	      /* NULL: any */
	int64_t from;		      /* ms; INT64_MIN: open */
	int64_t until;		      /* ms, without it; INT64_MAX: open */
	/* In subject or details, without regard to case and accents, or the
	 * action is one of word_actions; NULL: any. */
	const char *words;
	struct audit_actions word_actions;
	/* What by is told by. */
	struct audit_actions by_itself;
	struct audit_actions by_strangers;
	struct audit_place after; /* only what is older */
	size_t limit;
};

struct audit {
	uint64_t id;
	int64_t at; /* ms */
	struct member_id member;
	const char *member_name; /* "" for nobody */
	struct token_id token;
	const char *token_name;
	const char *address;
	const char *action;
	const char *subject;
	const char *details;
};

struct audit_page {
	struct audit *rows; /* newest first, at most limit */
	size_t count;
	bool more;		/* there are older ones, or may be */
	struct audit_place end; /* where the next page begins */
};

/*
 * A page, newest first. Where no index has what is asked for (words; by
 * without a member), one page looks at AUDIT_LOOK entries at most: it may then
 * have fewer rows than limit, or none, although there is more.
 */
#define AUDIT_LOOK 20000
enum status audit_list(struct db *db, struct arena *a,
    const struct audit_query *query, struct audit_page *out, struct err *e);

#endif
