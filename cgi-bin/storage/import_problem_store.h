/* import_problem_store.h: findings about the rows of an import */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_IMPORT_PROBLEM_STORE_H
#define STORAGE_IMPORT_PROBLEM_STORE_H

#include "base/arena.h"
#include "model/import.h"
#include "storage/db.h"

/* Findings, in the order of rows. after_row and after_seq: the last one seen
 * (0, 0 at first). code "" for all. problem.column_name and .message are in
 * the arena; .code is one of the static codes' text, copied too. */
struct problem_row {
	struct problem problem;
	unsigned seq;
};
enum status import_problem_list(struct db *db, struct arena *a,
    struct import_id id, uint64_t after_row, unsigned after_seq,
    const char *code, size_t limit, struct problem_row **rows, size_t *count,
    struct err *e);
struct problem_count {
	const char *code;
	enum problem_level level;
	uint64_t problems;
};
enum status import_problem_counts(struct db *db, struct arena *a,
    struct import_id id, struct problem_count **rows, size_t *count,
    struct err *e);
/* The outcome letters (enum outcome) of batch seq; NOT_FOUND after the last. */
enum status import_batch_outcomes(struct db *db, struct arena *a,
    struct import_id id, uint64_t seq, const char **letters, size_t *n,
    struct err *e);

/* "warning", "reject", "skip"; static. */
const char *problem_level_word(enum problem_level level);

/*
 * What a batch writes, in its transaction. Problems are in the order of rows
 * (seq counts within a row, from 1); counts are added to. about: for each
 * problem the contact that its row is about, or 0.
 */
enum status import_problem_put(struct db *db, struct arena *a,
    struct import_id id, const struct problem *const *problems,
    const uint64_t *about, size_t n, struct err *e);
enum status import_problem_add_count(struct db *db, struct import_id id,
    const char *code, enum problem_level level, uint64_t n, struct err *e);
/* The findings of a code whose message has a phrase: how many, and the first
 * `limit` messages. */
enum status import_problem_examples(struct db *db, struct arena *a,
    struct import_id id, const char *code, const char *phrase, size_t limit,
    const char **examples, size_t *shown, uint64_t *count, struct err *e);
/* Takes away a bounded number of the findings and outcomes of an import (those
 * of a check, before the import itself begins); *more: there may be others. To
 * be called in a transaction that holds the import's lease. */
enum status import_problem_forget(
    struct db *db, struct import_id id, bool *more, struct err *e);
/* The cells that findings of a code, which keep rows out, are about: those
 * that most rows have first. */
struct problem_value {
	unsigned column; /* from 1 */
	const char *column_name;
	const char *value;
	uint64_t rows;
};
enum status import_problem_values(struct db *db, struct arena *a,
    struct import_id id, const char *code, size_t limit,
    struct problem_value **rows, size_t *count, struct err *e);
/* The first rows with a finding about that cell of a column. */
enum status import_problem_rows(struct db *db, struct import_id id,
    unsigned column, const char *value, size_t limit, uint64_t *rows,
    size_t *count, struct err *e);
/* What became of the rows of a batch. */
struct import_batch_row {
	const char *letters; /* an enum outcome for each row */
	size_t count;
	const void *hashes; /* of the keys that got in (keys.h) */
	size_t hashes_length;
	const char *changes; /* changes.h */
	size_t changes_length;
};
enum status import_batch_put(struct db *db, struct import_id id, uint64_t seq,
    const struct import_batch_row *row, struct err *e);
enum status import_batch_hashes(struct db *db, struct arena *a,
    struct import_id id, uint64_t seq, const char **bytes, size_t *n,
    struct err *e);

enum status import_batch_changes(struct db *db, struct arena *a,
    struct import_id id, uint64_t seq, const char **bytes, size_t *n,
    struct err *e);

/* In how many rows each field changes; those with most rows first. */
struct change_count {
	const char *field; /* key of a revision: "city", "_tags" */
	uint64_t rows;
};
enum status import_change_counts(struct db *db, struct arena *a,
    struct import_id id, struct change_count **rows, size_t *count,
    struct err *e);
/* Adds what a batch changes, in its transaction. */
enum status import_change_add_counts(struct db *db, struct arena *a,
    struct import_id id, const char *const *fields, const uint64_t *rows,
    size_t count, struct err *e);

#endif
