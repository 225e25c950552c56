/* dynamic_segment.h: segments that are a saved filter */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_DYNAMIC_SEGMENT_H
#define DOMAIN_DYNAMIC_SEGMENT_H

#include "base/arena.h"
#include "domain/catalog/catalog.h"
#include "model/member.h"
#include "storage/db.h"
#include "storage/segment_store.h"

/*
 * Adds one, with an audit entry. The filter is a query string of the list's
 * parameters, and is kept in its canonical form. INVALID with a problem at
 * "name" or "filter": it is not understood, asks for nothing, or would make
 * the segment part of itself; CONFLICT when the name is taken.
 */
enum status dynamic_segment_add(struct db *db, struct arena *a,
    const struct actor *actor, const char *name, const char *filter,
    struct segment *out, struct catalog_problem *p, struct err *e);

/* Gives one another filter. NOT_FOUND; INVALID also when it is a static one. */
enum status dynamic_segment_change(struct db *db, struct arena *a,
    const struct actor *actor, const char *name, const char *filter,
    struct catalog_problem *p, struct err *e);

/* What a segment of this name would keep of a filter, in its canonical form.
 * INVALID with a problem at "filter". */
enum status dynamic_segment_check(struct db *db, struct arena *a,
    const char *name, const char *filter, const char **kept,
    struct catalog_problem *p, struct err *e);

/* How many contacts are in a segment. */
struct segment_count {
	uint64_t contacts;
	bool more;    /* more than contacts */
	bool unknown; /* counting takes longer than a list can wait */
	bool broken;  /* the filter is not understood any more */
};
#define SEGMENT_COUNT_BOUND 10000u

/* The counts of rows that have been read counted: those of static ones as they
 * stand there; for dynamic ones those that match now, in about half a second
 * for all of them, but for the one of the name `surely` ("" for none), which
 * takes its time. *counts is in the arena, one for each row. */
enum status dynamic_segment_counts(struct db *db, struct arena *a,
    const struct segment *rows, size_t n, const char *surely,
    struct segment_count **counts, struct err *e);

/* The names of the dynamic segments whose filter names this one. */
enum status dynamic_segment_users(struct db *db, struct arena *a,
    const char *name, const char ***names, size_t *count, struct err *e);

/* What a name in a filter can be of. */
enum filter_name {
	FILTER_NAME_TAG,
	FILTER_NAME_SEGMENT,
	FILTER_NAME_ATTRIBUTE,
	FILTER_NAME_FIRST_MESSAGE,
	FILTER_NAME_CAMPAIGN
};

/* In the transaction of a rename, or of a merge: the filters that name the old
 * one name the new one from now on. */
enum status dynamic_segment_follow(struct db *db, struct arena *a,
    enum filter_name kind, const char *old, const char *new, struct err *e);

/* The text with the name replaced; the text itself when it has not got it.
 * Pure. */
const char *filter_text_renamed(struct arena *a, const char *text,
    enum filter_name kind, const char *old, const char *new);

#endif
