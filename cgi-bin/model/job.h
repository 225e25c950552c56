/* job.h: work on many contacts, from its start to its end */
/* SPDX-License-Identifier: MIT */
#ifndef MODEL_JOB_H
#define MODEL_JOB_H

#include <stdbool.h>
#include <stdint.h>

#include "model/id.h"

enum job_kind {
	JOB_BULK,  /* a change of all contacts that match a filter */
	JOB_MERGE, /* contacts that were made one */
	JOB_UNDO   /* of an import or of another job */
};
#define JOB_KINDS 3
extern const char *const job_kinds[JOB_KINDS]; /* as stored */

enum job_state {
	JOB_QUEUED, /* no worker has it yet */
	JOB_RUNNING,
	JOB_DONE,
	JOB_FAILED,
	JOB_CANCELLED
};
#define JOB_STATES 5
extern const char *const job_states[JOB_STATES]; /* as stored */

/* Contacts. seen = changed + unchanged + kept at any time, and matched is seen
 * at the end of a job that is done. */
struct job_counts {
	uint64_t matched; /* as counted when the job was made: for progress */
	uint64_t seen;	  /* done with */
	uint64_t changed;
	uint64_t unchanged; /* they were so already */
	uint64_t kept;	    /* left on purpose; job_kept may say why */
};

struct job {
	struct job_id id;
	enum job_kind kind;
	enum job_state state;
	struct member_id member;
	struct token_id token;
	const char *member_name; /* read only; "" for nobody */
	const char *filter;	 /* query string of the list's parameters */
	const char *action;	 /* what a bulk job does; "" for others */
	const char *arguments;	 /* JSON; what it means is the kind's affair */
	struct import_id import; /* that it undoes, or 0 */
	struct job_id undoes;	 /* the job that it undoes, or 0 */
	struct job_id undone_by; /* read only; the newest such job, or 0 */
	struct job_counts counts;
	uint64_t next_contact; /* those above this id are still to do */
	uint64_t upto_contact; /* and none above this one */
	bool cancel_asked;
	const char *message; /* why it failed, "" else */
	int64_t created_at;  /* ms; 0 where it has not happened */
	int64_t started_at;
	int64_t finished_at;
};

#endif
