/* bulk.h: one change of all contacts that match */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_BULK_H
#define DOMAIN_BULK_H

#include "base/arena.h"
#include "domain/contact/contact.h"
#include "domain/filter/contact_filter.h"
#include "model/job.h"
#include "storage/db.h"

enum bulk_action {
	BULK_ADD_TAGS,
	BULK_REMOVE_TAGS,
	BULK_SET, /* or clear fields and attributes, consent among them */
	BULK_ADD_TO_SEGMENT,
	BULK_REMOVE_FROM_SEGMENT,
	BULK_ADD_TO_CAMPAIGN,
	BULK_REMOVE_FROM_CAMPAIGN,
	BULK_TRASH,
	BULK_ACTIONS
};
extern const char *const bulk_actions[BULK_ACTIONS]; /* "add_tags", ... */

#define BULK_SAMPLE 10

/*
 * What is asked for. The filter has the parameters of a list of contacts, or
 * `id` alone: numbers with ',' between, or several of them. `values` says what
 * to set, as in an edit: a field or attribute with "" is cleared.
 */
struct bulk_request {
	const struct filter_param *filter;
	size_t filter_count;
	bool all; /* no filter at all is meant so */
	const char *action;
	const char **tags;
	size_t tag_count;
	bool make_tags; /* those that the book does not have */
	struct contact_draft values;
	const char *segment;
	const char *campaign;
	const char *how; /* how consent was learned, or "" */
	/* People who opted out, whose consent is to change all the same: their
	 * number, as the preview says it. 0: they are kept as they are. */
	uint64_t overturn;
	const char *idempotency_key; /* or NULL */
	const char *request_hash;    /* beside it */
};

/* What would change in a contact, for a person. */
struct bulk_difference {
	const char *label;
	const char *old;
	const char *now;
};
struct bulk_example {
	struct contact contact; /* as it is */
	struct bulk_difference *differences;
	size_t count;
	const char *kept; /* why it would stay as it is, or NULL */
};

/* What a request comes to. */
struct bulk_check {
	struct contact_message *messages; /* "filter.NAME", "tags", ... */
	size_t message_count;
	uint64_t matched;
	uint64_t opted_out; /* of them, whose consent the change is about */
	const char *filter; /* as the job keeps it */
	const char *words;  /* what it does, as bulk_words() has it */
	struct bulk_example examples[BULK_SAMPLE];
	size_t example_count;
};

/* Checks a request and counts. INVALID: messages. examples: fills them too. */
enum status bulk_look(struct db *db, struct arena *a,
    const struct bulk_request *r, bool examples, struct bulk_check *out,
    struct err *e);

/* Only who is chosen: the filter's messages and the number. */
enum status bulk_look_filter(struct db *db, struct arena *a,
    const struct bulk_request *r, struct bulk_check *out, struct err *e);

/*
 * Checks a request and makes the job, with what it needs (tags, a segment) and
 * an audit entry. INVALID: messages, and nothing was made: one of them when
 * nobody matches, or when the number to overturn is not that of the check.
 * CONFLICT: the idempotency key was used for another request. A request that is
 * sent again with its key gives the same job.
 */
enum status bulk_start(struct db *db, struct arena *a,
    const struct actor *actor, const struct bulk_request *r,
    struct bulk_check *out, struct job_id *job, struct err *e);

/* What a bulk job does, in words: "Add the tag Gold". In the arena. */
const char *bulk_words(struct arena *a, const struct job *job);
/* The same without the values that it sets, for the audit log. */
const char *bulk_shape(struct arena *a, const struct job *job);

/* True when the query is not of conditions but of chosen contacts. */
bool bulk_is_chosen(const char *filter);

#endif
