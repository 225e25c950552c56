/* source.h: the records of a file, from the disk or from the database */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_SOURCE_H
#define IMPORT_SOURCE_H

#include "domain/import/problem.h"
#include "domain/import/read.h"
#include "model/import.h"
#include "storage/db.h"

/* Where the bytes come from: pieces of a stored import, or a part of a file. */
struct source {
	struct db *db; /* the stored import, when path is NULL */
	struct import_id id;
	const char *path; /* a file of this machine */
	uint64_t offset;  /* of its first byte in that file */
	uint64_t length;  /* bytes; of a stored import 0 when not known, else
			   * a file that goes away half-way fails */
	enum encoding encoding;
	char delimiter;
	/* Where to go on (reader_seek's values); all 0 from the beginning. */
	uint64_t row;
	uint64_t line;
	uint64_t at;
};

/* Why a file was refused. */
struct refusal {
	enum problem_code code;
	const char *text; /* for a person; in the arena */
};

/*
 * Feeds the file to fn, record by record, until its end or until fn gives
 * false. INVALID with *refusal when it cannot be read on. Memory does not grow
 * with the file.
 */
enum status source_read(struct arena *a, const struct source *s, record_fn fn,
    void *arg, struct refusal *refusal, struct err *e);

/* The bytes as they are, in pieces of at most IMPORT_PIECE, until fn gives
 * false. */
typedef bool (*piece_fn)(void *arg, const char *bytes, size_t n);
enum status source_bytes(
    const struct source *s, piece_fn fn, void *arg, struct err *e);

#endif
