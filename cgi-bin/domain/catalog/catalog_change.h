/* catalog_change.h: renaming, merging, deleting tags, attributes, segments */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CATALOG_CATALOG_CHANGE_H
#define DOMAIN_CATALOG_CATALOG_CHANGE_H

#include "base/arena.h"
#include "domain/catalog/catalog.h"
#include "model/member.h"
#include "storage/db.h"

struct catalog_change {
	struct db *db;
	struct arena *arena;
	const struct actor *actor;
	/* Of INVALID and CONFLICT: the field is "new_name", "into", "label",
	 * "type", or "" for the change as a whole. */
	struct catalog_problem problem;
	/* What is left to do in the contacts, for catalog_job_run(); 0:
	 * nothing. */
	uint64_t job;
};

/*
 * Each is one transaction, with an audit entry. Names are trimmed already, and
 * those of what is changed are compared as the book compares them. NOT_FOUND:
 * there is none of the name. CONFLICT: the new name is taken. INVALID too while
 * an import runs, or contacts still follow a change before, where the two
 * would get in each other's way.
 *
 * A tag or segment that is deleted, or merged into another, is gone at once
 * from every list; its contacts follow in a job. So do the values of an
 * attribute under another name, and of one that is deleted.
 */
enum status catalog_rename_tag(struct catalog_change *c, const char *name,
    const char *new_name, struct err *e);
/* Contacts of `name` get `into`, and `name` goes. */
enum status catalog_merge_tags(struct catalog_change *c, const char *name,
    const char *into, struct err *e);
enum status catalog_delete_tag(
    struct catalog_change *c, const char *name, struct err *e);

/* The same for first messages, which are there too when only contacts have
 * them. */
enum status catalog_rename_first_message(struct catalog_change *c,
    const char *name, const char *new_name, struct err *e);
enum status catalog_merge_first_messages(struct catalog_change *c,
    const char *name, const char *into, struct err *e);
enum status catalog_delete_first_message(
    struct catalog_change *c, const char *name, struct err *e);

/* The type stays while a contact has a value: INVALID. */
enum status catalog_change_attribute(struct catalog_change *c, const char *name,
    const char *new_name, const char *label, const char *type_key,
    struct err *e);
enum status catalog_delete_attribute(
    struct catalog_change *c, const char *name, struct err *e);

enum status catalog_rename_campaign(struct catalog_change *c, const char *name,
    const char *new_name, struct err *e);
/* The contacts stay. */
enum status catalog_delete_campaign(
    struct catalog_change *c, const char *name, struct err *e);

enum status catalog_rename_segment(struct catalog_change *c, const char *name,
    const char *new_name, struct err *e);
/* The same, with another filter for a dynamic one (NULL: it stays), both or
 * nothing. A problem is at "new_name" or "filter". */
enum status catalog_change_segment(struct catalog_change *c, const char *name,
    const char *new_name, const char *filter, struct err *e);
/* The contacts stay. */
enum status catalog_delete_segment(
    struct catalog_change *c, const char *name, struct err *e);

#endif
