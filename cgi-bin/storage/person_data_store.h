/* person_data_store.h: what else there is of a contact, for its data */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_PERSON_DATA_STORE_H
#define STORAGE_PERSON_DATA_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "storage/db.h"
#include "storage/person_store.h"

/* A job that changed the contact. */
struct person_job {
	uint64_t id;
	const char *kind;
	const char *action;
	const char *state;
	const char *member_name;
	int64_t at; /* ms: when it was made */
};
enum status person_data_jobs(struct db *db, struct arena *a, uint64_t contact,
    struct person_job **rows, size_t *count, struct err *e);

/* Another contact that may be the same person, or (dismissed) is not. */
struct person_pair {
	uint64_t other;
	const char *reasons; /* with ',' between */
	bool dismissed;
};
enum status person_data_pairs(struct db *db, struct arena *a, uint64_t contact,
    struct person_pair **rows, size_t *count, struct err *e);

/* Rows in error that were about the contact, as import and row one after the
 * other; at most `limit` of them. */
enum status person_data_problem_rows(struct db *db, struct arena *a,
    uint64_t contact, size_t limit, uint64_t **pairs, size_t *count,
    struct err *e);

/* Imports with a kept file that may have rows which import_contact does not
 * know: some did not get in, or it has not ended. */
enum status person_data_open_imports(
    struct db *db, struct arena *a, struct id_list *out, struct err *e);

/* What an outgoing webhook was told about the contact, oldest first, ids above
 * `after`. */
struct person_delivery {
	uint64_t id;
	const char *url;
	const char *event;
	const char *state;
	int64_t at;	  /* ms */
	const char *body; /* JSON */
};
enum status person_data_deliveries(struct db *db, struct arena *a,
    uint64_t contact, uint64_t after, size_t limit,
    struct person_delivery **rows, size_t *count, struct err *e);

#endif
