/* catalog.h: the book's tags, segments and so on: adding to them */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CATALOG_CATALOG_H
#define DOMAIN_CATALOG_CATALOG_H

#include "base/arena.h"
#include "model/attribute.h"
#include "model/member.h"
#include "storage/db.h"

/* What is wrong with a value: the field and a sentence. */
struct catalog_problem {
	const char *field;
	const char *text;
};

/* The rules of names, for what is added and what is renamed; the problem is at
 * "name". INVALID when there is one. */
enum status catalog_check_name(
    const char *name, struct catalog_problem *p, struct err *e);
enum status catalog_check_tag(
    const char *name, struct catalog_problem *p, struct err *e);
enum status catalog_check_campaign(
    const char *name, struct catalog_problem *p, struct err *e);
enum status catalog_check_attribute(const char *name, const char *label,
    const char *type_key, enum attribute_type *type, struct catalog_problem *p,
    struct err *e);

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
enum status catalog_add_campaign(struct db *db, struct arena *a,
    const struct actor *actor, const char *name, struct campaign_id *out,
    struct catalog_problem *p, struct err *e);
enum status catalog_add_attribute(struct db *db, struct arena *a,
    const struct actor *actor, const char *name, const char *label,
    const char *type_key, struct attribute *out, struct catalog_problem *p,
    struct err *e);

#endif
