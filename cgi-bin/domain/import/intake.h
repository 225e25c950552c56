/* intake.h: from an uploaded file to an import that is stored */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_INTAKE_H
#define IMPORT_INTAKE_H

#include "base/arena.h"
#include "domain/import/plan.h"

/* What the upload form or the API asks for; "" or NULL is "not said". */
struct intake_options {
	const char *format; /* "": the one that the header looks like */
	const char *header; /* "true", "false" or "" to recognise */
	const char *segment;
	const char *tags;	  /* '|' between */
	const char *mapping_json; /* API */
	bool last_mapping;
	/* Pages: a country or segment that the recognised format cannot do
	 * without is asked for with the columns, so that the file stays. */
	bool asks_later;
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

#endif
