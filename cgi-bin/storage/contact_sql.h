/* contact_sql.h: the SQL of a contact query, put together */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_CONTACT_SQL_H
#define STORAGE_CONTACT_SQL_H

#include "base/arena.h"
#include "base/str.h"
#include "model/contact_query.h"
#include "storage/db.h"

/* struct contact_marks, as columns of a SELECT. */
#define CONTACT_MARKS                                                          \
	"(SELECT COALESCE(MAX(last.id), 0) FROM contact last),"                \
	" (SELECT COALESCE(MAX(audit.id), 0) FROM audit)"

/* For the stores that ask for many contacts. A statement is built piece by
 * piece, then becomes a query once. */
struct contact_sql {
	struct arena *arena;
	struct str text;
	struct contact_bind *binds;
	size_t count;
	size_t room;
	const char *id; /* the column of the id, in this statement */
	bool where;	/* the word is there */
	bool scans;	/* rows are read that do not get in */
	bool rare;	/* the text is of one filter alone: it is not kept */
	bool counts;	/* rows are only counted: set before the source */
	bool page;	/* only a few rows are read: likewise */
};

void contact_sql_init(struct contact_sql *b, struct arena *a);
/* A piece of SQL as it stands; never anything that came from outside. */
void contact_sql_add(struct contact_sql *b, const char *piece);
/* Values for the '?', in their order. */
void contact_sql_number(struct contact_sql *b, uint64_t n);
void contact_sql_text(struct contact_sql *b, const char *z);
void contact_sql_time(struct contact_sql *b, int64_t ms);
/* One condition, with its parts, as an expression about the row of contact. */
void contact_sql_condition(
    struct contact_sql *b, const struct contact_condition *c);
/* FROM and WHERE with the conditions of the query. */
void contact_sql_source(struct contact_sql *b, const struct contact_query *q);
/*
 * The ids of the contacts that an import made and of those that it changed:
 * two queries with UNION between, each with all conditions, each read off an
 * index that has the ids in order, so that a page of a large import is read
 * as fast as that of a small one. limit 0: all, in no order. Only for queries
 * that contact_sql_by_import() says so of: sorted by id, with an import.
 */
bool contact_sql_by_import(const struct contact_query *q);
void contact_sql_import_ids(struct contact_sql *b,
    const struct contact_query *q, bool descending, uint64_t limit);
/* " AND " or, before the first condition, " WHERE ". */
void contact_sql_and(struct contact_sql *b);
/* What a cursor, if there is one, adds to WHERE, and ORDER BY
 * (contact_order.c). descending is the order of the statement: the other way
 * round than the query's for a page before. */
void contact_sql_cursor(
    struct contact_sql *b, const struct contact_query *q, bool descending);
void contact_sql_order(
    struct contact_sql *b, const struct contact_query *q, bool descending);
/* Whether the rows come off the index of phones, in its order. */
bool contact_sql_by_phone(
    const struct contact_sql *b, const struct contact_query *q);
/* Whether rows may have to be looked at that do not get in: a list by id with
 * conditions of which no index has the ids in order. */
bool contact_sql_scans(const struct contact_query *q);
/* The query with its parameters, ready to run. The arena must outlive it. */
struct db_query *contact_sql_query(struct contact_sql *b, struct db *db);

/* The column of each field. */
extern const char *const contact_field_columns[FIELD_COUNT];

#endif
