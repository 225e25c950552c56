/* book.h: what an import needs to know of the book while it runs */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_BOOK_H
#define IMPORT_BOOK_H

#include "base/arena.h"
#include "domain/import/formats.h"
#include "model/import.h"
#include "storage/db.h"

/* The book's tags, by folded name and by id. */
struct tag_entry {
	uint64_t id;
	const char *name;
	const char *folded;
};

struct book {
	struct arena arena;
	struct tag_entry *tags;
	size_t tag_count;
	size_t tag_space;
	uint32_t *by_name; /* hash table of indices + 1 */
	size_t by_name_size;
	uint64_t segment;      /* 0: none */
	bool skips_trash;      /* contacts in the trash stay there */
	bool check_only;       /* tags are not made: they get ids of no row */
	uint64_t *import_tags; /* given to every contact of the file */
	size_t import_tag_count;
};

void book_init(struct book *b);
void book_release(struct book *b);
/* Reads the tags anew: at the start, and after a rollback took away tags that
 * were made in its transaction. */
enum status book_load(struct book *b, struct db *db, struct err *e);
/* The same at the start, with what the book says of its trash, and the tags
 * that every contact of the file gets
 * ('|' between), which are made when they are not there. */
enum status book_load_for(struct book *b, struct db *db, struct arena *scratch,
    const char *tags, struct err *e);
/* NULL when the book has no tag of the name. */
const struct tag_entry *book_find_tag(
    struct book *b, struct arena *scratch, const char *name);
const char *book_tag_name(const struct book *b, uint64_t id);
/* The id of a name, made within the transaction when it is not there. */
enum status book_ensure_tag(struct book *b, struct db *db,
    struct arena *scratch, const char *name, uint64_t *id, struct err *e);

#endif
