/* plan.h: a stored import in memory: loaded, read anew, mapped, previewed */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_PLAN_H
#define IMPORT_PLAN_H

#include "base/arena.h"
#include "domain/import/check.h"
#include "domain/import/fix.h"
#include "domain/import/formats.h"
#include "domain/import/inspect.h"
#include "domain/import/map.h"
#include "model/attribute.h"
#include "model/import.h"
#include "model/member.h"
#include "storage/consent_store.h"
#include "storage/import_store.h"

/*
 * The steps that pages and API share. An import in memory: the row with what
 * its JSON columns mean. Strings are in the arena that it was loaded into.
 */
struct import_plan {
	struct import_row row;
	const struct import_format *format;
	struct import_rules rules;
	struct import_column *columns;
	const char *const *header; /* names for map and check; NULL: none */
	size_t column_count;
	struct mapping mapping;	    /* as chosen, else as guessed */
	const struct fixes *fixes;  /* NULL until plan_load_fixes() */
	bool mapped;		    /* the user (or the API) has chosen */
	struct attribute_list book; /* the book's attributes */
	const char *guess_reason;   /* how the format was recognised, or "" */
	const char *guess_format;   /* the format that the header looks like */
	/* After the last mapping was laid over (formats.md S3), "" otherwise:
	 * columns that it does not know, and those that it had and the file
	 * does not; headers with commas between. */
	const char *columns_new;
	const char *columns_gone;
};

/* Loads an import with all that the wizard's pages show. */
enum status plan_load(struct db *db, struct arena *a, struct import_id id,
    struct import_plan *out, struct err *e);

/* Loads the corrections of the file as well, for whoever reads its rows. */
enum status plan_load_fixes(
    struct db *db, struct arena *a, struct import_plan *p, struct err *e);

/* Looks at the stored file again with another encoding, delimiter or header
 * choice (p->row.head has them) and stores what was found; the mapping is
 * guessed anew. INVALID with the refusal when it cannot be read so. */
enum status plan_inspect(struct db *db, struct arena *a,
    const struct actor *actor, struct import_plan *p, int *refusal,
    const char **refusal_text, struct err *e);

/* Stores p->mapping, p->rules, format, segment and tags, after map_validate:
 * OK and the state mapped, or INVALID with messages. refusal as above
 * (attribute-type-conflict and so on). ask: see map_validate. */
enum status plan_map(struct db *db, struct arena *a, const struct actor *actor,
    struct import_plan *p, bool ask, struct map_messages *messages,
    int *refusal, const char **refusal_text, struct err *e);

/* Stores p->rules of a mapped import: it is mapped again, not yet checked. */
enum status plan_store_rules(struct db *db, struct arena *a,
    const struct actor *actor, struct import_plan *p, struct err *e);

/* The first rows as they will be stored, for the review page: up to `limit`
 * checked rows (struct checked_row of check.h) in *rows. */
enum status plan_preview(struct db *db, struct arena *a,
    const struct import_plan *p, size_t limit, struct checked_row **rows,
    size_t *count, struct err *e);

/* What the stages need to know of a loaded import, borrowing from it. */
void plan_check_context(const struct import_plan *p, struct check_context *out);
void plan_source(struct db *db, const struct import *i, struct source *out);

/* Steps of the above that an upload takes before anything is stored: the
 * columns that were found, the format that the header looks like, a mapping. */
void plan_set_columns(
    struct arena *a, struct import_plan *p, const struct inspection *found);
void plan_guess_format(struct arena *a, struct import_plan *p);
void plan_guess_mapping(struct arena *a, struct import_plan *p);

/* True, with the reason, when the format or its rules refuse the whole file:
 * for its number of rows, or for its header (formats.md G3). */
bool plan_rows_refused(
    struct arena *a, const struct import_plan *p, struct refusal *out);
bool plan_header_refused(
    struct arena *a, const struct import_plan *p, struct refusal *out);

#endif
