/* bulk_plan.h: what a bulk job does to each contact */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_BULK_PLAN_H
#define DOMAIN_BULK_PLAN_H

#include "base/json.h"
#include "domain/attributes.h"
#include "domain/filter/contact_ids.h"
#include "domain/jobs/bulk.h"
#include "domain/jobs/job.h"

/* The arguments of a job, with ids once they are looked up. */
struct bulk_plan {
	enum bulk_action action;
	const char **tags;
	uint64_t *tag_ids; /* 0: it is to be made */
	size_t tag_count;
	const char *value[FIELD_COUNT];	     /* NULL: left; "": cleared */
	struct attribute_member *attributes; /* json NULL: taken away */
	size_t attribute_count;
	const char *segment;
	uint64_t segment_id; /* 0: it is to be made */
	const char *campaign;
	const char *how;
	bool overturn;	 /* consent of people who opted out changes too */
	const char *now; /* moment of a consent that says none */
	const char *refused[FIELD_COUNT]; /* why nobody may be given a key */
};

/* As JSON, for job.arguments, and back; false when the text is broken. */
const char *bulk_plan_write(struct arena *a, const struct bulk_plan *p);
bool bulk_plan_read(struct arena *a, const char *action, const char *arguments,
    struct bulk_plan *out);
bool bulk_action_find(const char *word, enum bulk_action *out);

/* Fills `refused`: keys of people who were erased or have opted out are not
 * given to others in many. lock: nobody is added to the list of suppressions
 * until the transaction ends. */
enum status bulk_plan_ask(struct db *db, struct arena *a, struct bulk_plan *p,
    bool lock, struct err *e);

/* Which contacts: conditions, or ids in order. */
struct bulk_selection {
	struct contact_query query;
	struct contact_ids ids;
	bool chosen; /* by id */
};
/* Reads a list of ids from params that are all `id`; false when there is
 * another one, a number that is none, or too many. */
bool bulk_read_ids(struct arena *a, const struct filter_param *params,
    size_t count, struct bulk_selection *out);
enum status bulk_selection_load(struct db *db, struct arena *a,
    const char *filter, struct bulk_selection *out, struct err *e);

/* What setting values makes of a contact. */
enum bulk_outcome {
	BULK_UNCHANGED,
	BULK_CHANGED,
	BULK_KEPT
};
struct bulk_result {
	enum bulk_outcome outcome;
	struct contact contact; /* as it is to be */
	const char *before;	/* JSON of the revision */
	struct job_kept kept;
};
/* Pure. The text is room for the JSON. */
void bulk_apply(struct arena *a, const struct bulk_plan *p,
    const struct contact *c, struct str *text, struct bulk_result *out);

/* One batch of a bulk job. */
enum status bulk_batch(struct job_batch *b, struct err *e);

#endif
