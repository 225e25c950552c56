/* map.h: which column of a file becomes what */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_MAP_H
#define IMPORT_MAP_H

#include "base/arena.h"
#include "base/err.h"
#include "domain/import/formats.h"
#include "domain/import/problem.h"
#include "model/attribute.h"
#include "model/import.h"

/* A message about a column of the mapping form; column 0: the whole. */
struct map_message {
	unsigned column;  /* from 1 */
	const char *text; /* what is wrong and what to do */
};

struct map_messages {
	struct map_message items[64];
	size_t count; /* at most 64 are kept */
};

/*
 * What the format recognises by itself: its own headers, the generic synonyms,
 * attributes of the book by name, "$Name" and "name||TYPE" where the rules say
 * so; the rest after unknown_column. Of two columns for the same single field
 * the first keeps it (better synonyms before later ones) and the other stays
 * undecided. "Error" or "Comments" as the last column of a corrected file is
 * left out (formats.md S6). Without a header, columns are guessed from nothing
 * (all undecided) unless the format has fixed ones.
 */
void map_guess(struct arena *a, const struct import_format *f,
    const struct import_rules *rules, const struct attribute_list *book,
    const char *const *header, size_t columns, struct mapping *out);

/* Whether a column of a file of the format can become that: a list of opt-outs
 * takes keys, a time and a reason only, and no other format a reason. */
bool map_takes(const struct import_format *f, const struct column_target *t);

/* Of a list of opt-outs without a header, the first column of numbers and the
 * first of e-mail addresses, by their first values (struct import_column). */
struct import_column;
void map_guess_list(const struct import_format *f,
    const struct import_column *columns, struct mapping *m);

/*
 * The user's words over a guess: a JSON object, header or column number from 1
 * -> key of a field ("phone", "country_code", "tags", ...), name of an
 * attribute, {"attribute": name, "type": TYPE} to create one, or null. An
 * object can also have the rule for contacts that are there ("write":
 * overwrite, fill, append or never; "empty": keep or clear), beside "to": one
 * of the plain words, or alone for what the column is recognised as. What it
 * does not name stays. A key that is no column, or a value that is neither
 * field nor attribute of the book: a message.
 */
void map_apply_json(struct arena *a, const char *json,
    const struct attribute_list *book, const char *const *header,
    size_t columns, struct mapping *m, struct map_messages *out);

/* Stops of formats.md I2, S4, M5 ...: a field chosen twice, a mandatory one
 * missing, an attribute without a name, two columns for one attribute, a write
 * rule that the target does not allow, columns
 * that are still undecided when the rules say ask (those become "do not
 * import" through the API, where nobody can be asked: pass ask = false). */
void map_validate(struct arena *a, const struct import_format *f,
    const struct import_rules *rules, bool ask, struct mapping *m,
    struct map_messages *out);

/* Whole-file refusals that the header tells: header-order,
 * attribute-type-unknown, attribute-type-conflict. True when refused, with the
 * code and a sentence in the arena. */
bool map_refuses(struct arena *a, const struct import_rules *rules,
    const struct import_format *f, const struct attribute_list *book,
    const char *const *header, size_t columns, enum problem_code *code,
    const char **message);

/* The mapping as it is stored, and back (positions, not headers). */
const char *map_to_json(struct arena *a, const struct mapping *m);
bool map_from_json(struct arena *a, const char *json, struct mapping *m);

#endif
