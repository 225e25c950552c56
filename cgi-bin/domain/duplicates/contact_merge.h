/* contact_merge.h: two contacts become one */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CONTACT_MERGE_H
#define DOMAIN_CONTACT_MERGE_H

#include "base/arena.h"
#include "domain/contact/contact_compare.h"
#include "model/contact.h"
#include "model/member.h"
#include "storage/db.h"

struct merge_choice {
	const char *key; /* of a compared row */
	enum merge_side side;
};

/* Names that stay of those that one of the two has. */
struct merge_names {
	const char **names;
	size_t count;
};

struct merge_request {
	struct contact_id id;	/* stays */
	struct contact_id with; /* goes into it, and to the trash */
	uint64_t version;	/* that the choices were made for */
	uint64_t with_version;
	const struct merge_choice *choices; /* others are as compared */
	size_t choice_count;
	const struct merge_names *tags;	    /* NULL: all of both */
	const struct merge_names *segments; /* likewise */
};

/* Why two contacts were not merged. */
enum merge_refusal {
	MERGE_FINE,
	MERGE_GONE,	/* the one that `field` names is not in the book */
	MERGE_ITSELF,	/* a contact with itself */
	MERGE_TRASHED,	/* the one that `field` names is in the trash */
	MERGE_MOVED_ON, /* one of them has another version now */
	MERGE_UNKNOWN,	/* `field` is a choice that there is not */
	MERGE_CONSENT,	/* `field` chooses against the rule of consent */
	MERGE_NO_KEY,	/* nothing would be left to find it by */
	MERGE_TOO_LONG	/* the attributes */
};

struct merge_result {
	struct contact mine; /* as they are now */
	struct contact theirs;
	struct job_id job; /* whose revisions tell what both were */
	enum merge_refusal why;
	const char *field; /* "id", "with", or the key of a choice */
};

/*
 * Merges in one transaction. The contact that stays takes the chosen values,
 * the tags, segments and campaigns of both, the earlier created_at and the
 * later last_active. The other one goes to the trash without the unique keys
 * that it gave away, and points to the first. Both have a revision of the same
 * job, so that undoing the job makes two of them again.
 *
 * NOT_FOUND, CONFLICT (TRASHED, MOVED_ON) and INVALID (the rest) say why in
 * out->why, and nothing is written; mine and theirs are then as they were read.
 */
enum status contact_merge(struct db *db, struct arena *a,
    const struct actor *actor, const struct merge_request *request,
    struct merge_result *out, struct err *e);

/* A sentence for a person. */
const char *merge_refusal_text(enum merge_refusal why);

/*
 * Who a contact in the trash became: follows merged_into over any number of
 * merges. NOT_FOUND when it was not merged, or the end is not in the book.
 */
enum status contact_merged_into(struct db *db, struct arena *a,
    const struct contact *c, struct contact *out, struct err *e);

#endif
