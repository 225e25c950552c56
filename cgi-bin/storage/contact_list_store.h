/* contact_list_store.h: many rows of contact: pages, totals, streams */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_CONTACT_LIST_STORE_H
#define STORAGE_CONTACT_LIST_STORE_H

#include "base/arena.h"
#include "model/contact.h"
#include "model/contact_query.h"
#include "storage/db.h"
#include "storage/tag_store.h"

struct contact_page {
	struct contact *rows; /* with their tags */
	size_t count;
	bool has_next;
	bool has_previous;
};

/* A page of the contacts that the query asks for, in its order, whichever way
 * its cursor points. */
enum status contact_list_store_page(struct db *db, struct arena *a,
    const struct contact_query *query, struct contact_page *out, struct err *e);

/* Whether contact_list_store_first_page() is worth it. */
bool contact_list_store_scans(const struct contact_query *query);
/* The first page and the total up to a bound (as contact_list_store_total() has
 * it) in one: where contacts have to be looked at one by one, they are once.
 * For queries by id; the cursor does not count. */
enum status contact_list_store_first_page(struct db *db, struct arena *a,
    const struct contact_query *query, uint64_t bound, struct contact_page *out,
    uint64_t *total, struct err *e);

/* How many there are, whatever the cursor; with a bound, at most `bound` + 1
 * are counted, and 0 is no bound. */
enum status contact_list_store_total(struct db *db,
    const struct contact_query *query, uint64_t bound, uint64_t *total,
    struct err *e);

/* The same, for at most a fifth of a second: TOO_LARGE when it would take
 * longer. */
enum status contact_list_store_total_soon(struct db *db,
    const struct contact_query *query, uint64_t bound, uint64_t *total,
    struct err *e);

/* The same of all contacts, known again for a few seconds while the marks stay
 * the same (0: they are read): for a page that is seen often. The bound is
 * always the same. */
enum status contact_list_store_total_lately(struct db *db,
    struct contact_marks marks, uint64_t bound, uint64_t *total, struct err *e);

/* The whole list without limit, as rows come: read with contact_row_read(),
 * end with db_done() before the arena goes. The cursor counts. Nothing else
 * can run on `db` meanwhile. */
enum status contact_list_store_stream(struct db *db, struct arena *a,
    const struct contact_query *query, struct db_query **out, struct err *e);

/* Fills in the tags of contacts, with few queries. */
enum status contact_list_store_tags(struct db *db, struct arena *a,
    struct contact *rows, size_t count, struct err *e);

/* The names of the segments of each contact, and of its campaigns; *out has a
 * row for each. */
struct contact_segments {
	const char **names;
	size_t count;
	const char **campaigns;
	size_t campaign_count;
};
enum status contact_list_store_segments(struct db *db, struct arena *a,
    const struct contact *rows, size_t count, struct contact_segments **out,
    struct err *e);

/* Fills in the campaigns of contacts. */
enum status contact_list_store_campaigns(struct db *db, struct arena *a,
    struct contact *rows, size_t count, struct err *e);

/* For many chunks of contacts: all tags of the book, read once, in the arena;
 * then the tags of a chunk of at most CONTACT_CHUNK. */
#define CONTACT_CHUNK 512
struct known_tags {
	struct tag *by_name;
	struct known_tag *by_id;
	size_t count;
};
enum status contact_list_store_know_tags(
    struct db *db, struct arena *a, struct known_tags *out, struct err *e);
enum status contact_list_store_chunk_tags(struct db *db, struct arena *a,
    const struct known_tags *known, struct contact *rows, size_t count,
    struct err *e);

#endif
