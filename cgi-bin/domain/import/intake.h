/* intake.h: from an uploaded file to an import that may run */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_INTAKE_H
#define IMPORT_INTAKE_H

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
	const struct fixes *fixes;  /* NULL until intake_load_fixes() */
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

/* What the upload form or the API asks for; "" or NULL is "not said". */
struct intake_options {
	const char *format; /* "": the one that the header looks like */
	const char *header; /* "true", "false" or "" to recognise */
	const char *segment;
	const char *tags;	  /* '|' between */
	const char *mapping_json; /* API */
	bool last_mapping;
	bool check_only;	 /* API: dry_run */
	uint64_t confirm_optins; /* API: people whose opt-outs it overturns */
	const char *idempotency_key;
	/* rules by name, value; count pairs (country is one of them) */
	const char *rule_names[32];
	const char *rule_values[32];
	size_t rule_count;
};

/* A message about a field of the upload ("format", "file", a rule's name). */
struct intake_message {
	const char *field;
	const char *text;
};
struct intake_messages {
	struct intake_message items[16];
	size_t count;
};

/*
 * Takes the bytes of a body file (path, offset, length) in: looks at the whole
 * file (sniff, read), stores it in pieces with its import row in the state
 * uploaded, with a guessed mapping. OK with an id; INVALID with messages
 * (nothing is stored) or, when the file as a whole is refused, *refusal and
 * its sentence (nothing is stored either). When idempotency_key was used
 * before for the same request, *out is that import; for another one CONFLICT.
 */
enum status intake_upload(struct db *db, struct arena *a,
    const struct actor *actor, const struct intake_options *o,
    const char *file_name, const char *body_path, uint64_t offset,
    uint64_t length, struct import_id *out, struct intake_messages *messages,
    int *refusal, const char **refusal_text, struct err *e);

/* Loads an import with all that the wizard's pages show. */
enum status intake_load(struct db *db, struct arena *a, struct import_id id,
    struct import_plan *out, struct err *e);

/* Loads the corrections of the file as well, for whoever reads its rows. */
enum status intake_load_fixes(
    struct db *db, struct arena *a, struct import_plan *p, struct err *e);

/* Looks at the stored file again with another encoding, delimiter or header
 * choice (p->row.head has them) and stores what was found; the mapping is
 * guessed anew. INVALID with the refusal when it cannot be read so. */
enum status intake_inspect(struct db *db, struct arena *a,
    const struct actor *actor, struct import_plan *p, int *refusal,
    const char **refusal_text, struct err *e);

/* Stores p->mapping, p->rules, format, segment and tags, after map_validate:
 * OK and the state mapped, or INVALID with messages. refusal as above
 * (attribute-type-conflict and so on). ask: see map_validate. */
enum status intake_map(struct db *db, struct arena *a,
    const struct actor *actor, struct import_plan *p, bool ask,
    struct map_messages *messages, int *refusal, const char **refusal_text,
    struct err *e);

/* Stores p->rules of a mapped import: it is mapped again, not yet checked. */
enum status intake_store_rules(struct db *db, struct arena *a,
    const struct actor *actor, struct import_plan *p, struct err *e);

/* The first rows as they will be stored, for the review page: up to `limit`
 * checked rows (struct checked_row of check.h) in *rows. */
enum status intake_preview(struct db *db, struct arena *a,
    const struct import_plan *p, size_t limit, struct checked_row **rows,
    size_t *count, struct err *e);

/* What the stages need to know of a loaded import, borrowing from it. */
void intake_check_context(
    const struct import_plan *p, struct check_context *out);
void intake_source(struct db *db, const struct import *i, struct source *out);

#endif
