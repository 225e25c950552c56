/* targets.h: what columns can become, compared with the attributes of a book */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_TARGETS_H
#define IMPORT_TARGETS_H

#include <stdbool.h>

#include "base/arena.h"
#include "model/attribute.h"
#include "model/import.h"

/* The book's attributes by folded name, for as many look-ups as a wide file
 * has columns. Borrows the list. */
struct book_index {
	const struct attribute_list *book; /* may be NULL: no attributes */
	const char **names;		   /* folded */
	const char **labels;		   /* folded, "" without */
};

void book_index_make(
    struct arena *a, const struct attribute_list *book, struct book_index *out);
/* By name, else by label, in any letter case; NULL when none has it. */
const struct attribute *book_index_find(
    struct arena *a, const struct book_index *x, const char *name);

/* The book's attribute of that name, or one to be created with the type. */
struct column_target attribute_target(struct arena *a,
    const struct book_index *x, const char *name, enum attribute_type type);

/* A name that two columns share only when they cannot both become what they
 * are to become (the same field, the same attribute); NULL for targets that
 * any number of columns can have. In the arena. */
const char *target_key(struct arena *a, const struct column_target *t);

/* A copy without the white space at its ends. */
const char *text_trimmed(struct arena *a, const char *text);

#endif
