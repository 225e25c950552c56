/* import_optout_store.h: opt-outs that an import met, and who overturned them
 */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_IMPORT_OPTOUT_STORE_H
#define STORAGE_IMPORT_OPTOUT_STORE_H

#include "base/arena.h"
#include "model/import.h"
#include "model/member.h"
#include "storage/db.h"

/* A row that says opt-in of a contact that opted out, without newer proof. */
struct optout_row {
	uint64_t row;
	uint64_t
	    contact; /* of a check: ids of no row for those it would make */
	bool kept;   /* it stayed opted out */
};

/* Findings are kept by pass: the lease number of a check, or 0, the import. */
#define OPTOUT_PASS_IMPORT 0u

/* Within a batch's transaction. */
enum status import_optout_put(struct db *db, struct arena *a,
    struct import_id id, uint64_t pass, const struct optout_row *rows, size_t n,
    struct err *e);
/* The findings of a pass in rows from `first` to `last`, in their order. */
enum status import_optout_rows(struct db *db, struct arena *a,
    struct import_id id, uint64_t pass, uint64_t first, uint64_t last,
    struct optout_row **out, size_t *count, struct err *e);
/* The contacts whose opt-out a pass overturned, each once. */
enum status import_optout_taken(struct db *db, struct arena *a,
    struct import_id id, uint64_t pass, uint64_t **out, size_t *count,
    struct err *e);
/* How many people a pass found, and of how many it left the opt-out. */
struct optout_people {
	uint64_t found;
	uint64_t kept;
};
enum status import_optout_people(struct db *db, struct import_id id,
    uint64_t pass, struct optout_people *out, struct err *e);
/* The pass that the import's page tells of: the last check of one that has not
 * run, else 0. */
enum status import_optout_pass(
    struct db *db, struct import_id id, uint64_t *pass, struct err *e);

/* For a page: contacts as they are now, after a row. */
struct optout_person {
	struct optout_row row;
	const char *name; /* "" for one that is not in the book */
	const char *phone;
	int64_t since; /* ms: when it opted out, or 0 */
};
enum status import_optout_list(struct db *db, struct arena *a,
    struct import_id id, uint64_t pass, uint64_t after, size_t limit,
    struct optout_person **out, size_t *count, struct err *e);

/* Takes away a bounded number of findings but those of the confirmed pass. */
enum status import_optout_forget(
    struct db *db, struct import_id id, bool *more, struct err *e);

/* Who confirmed that opt-outs are overturned. */
struct optin_confirmation {
	bool checked;	 /* it covers what pass found; else only a number */
	uint64_t pass;	 /* when checked */
	uint64_t people; /* how many it covers */
	const char *words_version;
	const char *words;
	const char *member_name; /* read only */
	int64_t at;		 /* read only; ms */
};
/* In place of an earlier one of the import. */
enum status import_optin_put(struct db *db, struct import_id id,
    const struct optin_confirmation *c, const struct actor *actor,
    struct err *e);
/* NOT_FOUND when nobody confirmed any. */
enum status import_optin_get(struct db *db, struct arena *a,
    struct import_id id, struct optin_confirmation *out, struct err *e);
enum status import_optin_drop(
    struct db *db, struct import_id id, struct err *e);

#endif
