/* catalog.h: the book's tags, attributes and segments: adding to them */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CATALOG_H
#define DOMAIN_CATALOG_H

#include "base/arena.h"
#include "model/attribute.h"
#include "model/member.h"
#include "storage/db.h"

/* What is wrong with a value: the field and a sentence. */
struct catalog_problem {
	const char *field;
	const char *text;
};

/*
 * Each adds one, with an audit entry, in one transaction. The name is trimmed
 * already. INVALID and CONFLICT (the name is taken) come with a problem. An
 * attribute's name has no "||" and no control characters, so that a typed
 * header can say it; a tag's name has no '|'.
 */
enum status catalog_add_tag(struct db *db, struct arena *a,
    const struct actor *actor, const char *kind, const char *name,
    struct tag_id *out, struct catalog_problem *p, struct err *e);
enum status catalog_add_segment(struct db *db, struct arena *a,
    const struct actor *actor, const char *name, struct segment_id *out,
    struct catalog_problem *p, struct err *e);
enum status catalog_add_attribute(struct db *db, struct arena *a,
    const struct actor *actor, const char *name, const char *label,
    const char *type_key, struct attribute *out, struct catalog_problem *p,
    struct err *e);

#endif
