/* revert.h: what undoing a change makes of one contact */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_REVERT_H
#define DOMAIN_REVERT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "model/contact.h"

/*
 * The undoing of what one origin (an import or a job) did to one contact,
 * worked out from the contact's revisions; no database. Of each value that the
 * origin changed, there is the one before its change (the former), the one
 * that it left (the before-image of the next revision that has it, or what is
 * there now) and the one that is there now. Where what it left is still
 * there, the former comes back; where somebody changed it since, it is kept
 * and listed. Tags, segments and campaigns are values one by one.
 *
 *	revert_begin(&r, &arena, created);
 *	while (there is a revision, oldest first)
 *		revert_see(&r, &scratch, before, mine);
 *	revert_end(&r, &now, &plan);
 */

/* How a contact came into a segment. */
enum membership {
	MEMBER_BY_HAND,	  /* not by an import */
	MEMBER_BY_ORIGIN, /* by the import that is undone */
	MEMBER_BY_OTHER	  /* by another import */
};

/* What a contact has names of, in the book. */
enum revert_thing {
	THING_TAG,
	THING_SEGMENT,
	THING_CAMPAIGN,
	THING_ATTRIBUTE
};
#define REVERT_SETS 3 /* the things that are sets of names */

struct revert_names {
	const char **names;
	size_t count;
};

struct revert_now {
	const struct contact *contact;	       /* its tags are in sets */
	struct revert_names sets[REVERT_SETS]; /* by enum revert_thing */
	const enum membership *by;	       /* of each segment */
	const char *segment; /* the one that the origin fills; "": none */
	int64_t at;	     /* ms: when it goes to the trash */
	/* Whether the book still has a thing of that name. */
	bool (*known)(void *arg, enum revert_thing thing, const char *name);
	void *arg;
};

/* What is left as it is, and why. */
struct revert_kept {
	const char *field; /* key, as in a revision */
	const char *reason;
};

enum revert_outcome {
	REVERT_UNCHANGED, /* it is as it was before, or there is no more to do
			   */
	REVERT_CHANGED,	  /* all of it goes back */
	REVERT_KEPT	  /* something is kept; the rest may go back */
};

struct revert_plan {
	enum revert_outcome outcome;
	struct contact contact; /* as it is to be, but for the sets */
	struct revert_names sets[REVERT_SETS];
	struct revert_kept *kept;
	size_t kept_count;
	size_t kept_space;
};

struct revert_value;
struct revert_element;

/* One of the sets of the contact through its revisions. */
struct revert_set {
	struct revert_element *items;
	size_t count;
	size_t space;
	struct revert_names last; /* as the last revision found them */
	bool known;		  /* there was one */
	bool last_mine;		  /* it was the origin's */
};

/* All of it is in the arena. */
struct revert {
	struct arena *arena;
	bool created; /* the origin made the contact */
	bool whole;   /* it made it, or got it out of the trash: either the
		       * contact goes as a whole, or it stays as a whole */
	bool begun;   /* the origin changed something, or made it */
	struct revert_value *values;
	size_t count;
	size_t space;
	struct revert_set sets[REVERT_SETS];
	struct revert_names lost; /* segments that it left before the origin,
				   * when it went to the trash or otherwise */
};

/* created: the origin made the contact, so undoing is moving to the trash. */
void revert_begin(struct revert *r, struct arena *a, bool created);
/* The next revision's before-image; mine: it is the origin's. What is to be
 * remembered is copied. False when the text is broken. */
bool revert_see(
    struct revert *r, struct arena *scratch, const char *before, bool mine);
/*
 * What the contact is to be. A contact that the origin made, or got out of the
 * trash, goes to the trash when it is as the origin left it, and else stays
 * wholly. One that somebody moved to the trash since stays as it is.
 */
void revert_end(
    struct revert *r, const struct revert_now *now, struct revert_plan *out);

/* Whether the origin had its hands on a value: a key of a revision. */
bool revert_has_value(const struct revert *r, const char *key);

/* Keeps the contact's present value of a field: it goes into `kept` (which is
 * in r->arena), and the outcome becomes REVERT_KEPT. */
void revert_keep(struct arena *a, struct revert_plan *p,
    const struct contact *now, enum contact_field f, const char *reason);

/* The before-image of the step from `now` to the plan, in the arena; NULL when
 * there is nothing between them. */
const char *revert_image(
    struct arena *a, const struct revert_now *now, const struct revert_plan *p);

#endif
