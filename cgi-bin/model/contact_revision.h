/* contact_revision.h: what a contact was before a change */
/* SPDX-License-Identifier: MIT */
#ifndef MODEL_CONTACT_REVISION_H
#define MODEL_CONTACT_REVISION_H

#include <stdint.h>

#include "model/id.h"

enum revision_kind {
	REVISION_UPDATE,
	REVISION_DELETE,  /* for good */
	REVISION_TRASH,	  /* into the trash */
	REVISION_RESTORE, /* out of it */
	REVISION_MERGE	  /* with another contact */
};
#define REVISION_KINDS 5
extern const char *const revision_kinds[REVISION_KINDS]; /* as stored */

/*
 * One row a change. before: a JSON object of what changed and its old value:
 * a field by its key (text, as in struct contact), "attributes.NAME" (the JSON
 * value; null: it was not there), "_tags" and "_segments" (arrays of names, all
 * that it had), "_trashed_at" (ISO time; null: it was not in the trash). That
 * of a deletion has everything, and "_created_at", "_last_active" and
 * "_created_by_import" (ISO times and ids) too. Those of a merge can have,
 * beside all of these, "_campaigns" (an array of names, all that it was in),
 * and on the contact that went "_merged_into" (null: into none; else an id).
 */
struct contact_revision {
	uint64_t id;
	struct contact_id contact;
	uint64_t version; /* that the contact had before the change */
	int64_t at;	  /* ms */
	enum revision_kind kind;
	struct member_id member;
	struct token_id token;
	struct import_id import;
	uint64_t import_row; /* as a spreadsheet counts; 0: not by one */
	struct job_id job;   /* the bulk change, merge or undo; 0: not by one */
	const char *before;
	const char *member_name; /* read only; "" for nobody */
	const char *import_file; /* read only; its name, "" for none */
	const char *token_name;	 /* read only; "" for none */
	const char *job_kind;	 /* read only: bulk, merge, undo; "" for none */
};

#endif
