/* contact_unmerge.h: a merge is taken back, and made again */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CONTACT_UNMERGE_H
#define DOMAIN_CONTACT_UNMERGE_H

#include "base/arena.h"
#include "model/id.h"
#include "model/job.h"
#include "model/member.h"
#include "storage/db.h"
#include "storage/job_store.h"

/* A merge as it stands: it can have been taken back, made again, and so on,
 * each time by the undo of the job before. */
struct merge_state {
	struct job merge;
	struct job last;	/* the last of these jobs; at first the merge */
	struct contact_id id;	/* that stayed */
	struct contact_id with; /* that went into it */
	bool together;		/* they are one now */
	struct job_kept *kept;	/* what the last job left as it was */
	size_t kept_count;
};

/* NOT_FOUND when the job is no merge of this contact. */
enum status merge_state_load(struct db *db, struct arena *a,
    struct contact_id id, struct job_id job, struct merge_state *out,
    struct err *e);

/*
 * Takes the merge back, or makes it again when it is taken back: undoes `last`
 * of the state that somebody saw. Both contacts are as before, but for what
 * was changed since, which stays and is listed. CONFLICT when it is not the
 * last one any more; NOT_FOUND as above. *out is how it stands then.
 */
enum status contact_unmerge(struct db *db, struct arena *a,
    const struct actor *actor, struct contact_id id, struct job_id job,
    struct job_id last, struct merge_state *out, struct err *e);

#endif
