/* formats.h: the import formats: each is one row of presets */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_FORMATS_H
#define IMPORT_FORMATS_H

#include <stdbool.h>

#include "base/arena.h"
#include "model/import.h"

/* A header that a format knows, and what it becomes. Headers are compared by
 * utf8_fold() with '_', '-', '.' read as blanks. */
struct header_synonym {
	const char *header;
	enum target_kind kind; /* FIELD, COUNTRY_CODE, TAGS or NONE */
	enum contact_field field;
};

struct import_format {
	const char *key;   /* "aisensy", in URLs, JSON and SQL */
	const char *label; /* "AiSensy" */
	const char *line;  /* what it expects, in one sentence */
	struct import_rules rules;
	/* Its own headers; ends with a NULL header. The generic format's
	 * are asked after these, unless own_headers_only. */
	const struct header_synonym *headers;
	bool own_headers_only;
	/* fixed_header: the columns that a file begins with; ends with NULL. */
	const char *const *fixed;
	/* Headers that only this format has; the more of them a file has, the
	 * more likely it is. "A+B": both have to be there. Ends with NULL. */
	const char *const *fingerprint;
	bool attribute_dollar;	/* "$City" is the attribute City (A1) */
	bool strict_booleans;	/* only true/false (section 6) */
	bool strict_opted;	/* ... for WhatsApp Opted (I8) */
	bool bar_tags;		/* only '|' stands between tags (A4) */
	bool bar_in_message;	/* '|' in a first message is text (not A6) */
	bool asks_header;	/* its upload shows the S1 checkbox */
	bool asks_house_number; /* ... the S2 checkbox */
	bool asks_last_mapping; /* ... the S3 checkbox */
	bool asks_channel;	/* ... the channel (formats.md M10) */
	/* Its rows only opt people out: nobody is created, and what is no key,
	 * time or reason is not read (optout_list.h). */
	bool optout;
	bool asks_country; /* ... a country; must it be chosen: */
	bool country_required;
	const char *sample; /* a file that imports without error */
};

/* The table, in the order in which it is shown; ends with a NULL key. */
extern const struct import_format import_formats[];

/* M10: a channel may be named; WhatsApp is the only one, in any letter case. */
bool import_channel_known(const char *name);

/* NULL when there is none. */
const struct import_format *import_format_find(const char *key);

/* Headers of the world's contact files, in synonyms.c; the better ones before
 * the later ones. Ends with a NULL header. */
extern const struct header_synonym generic_headers[];

/* A header as it is compared: utf8_fold(), with '_', '-' and '.' as blanks,
 * and none at the ends. In the arena. */
const char *header_fold(struct arena *a, const char *header);

/* What a folded header means to the format: its own headers, then the generic
 * ones; NULL when nobody knows it. The lower *rank (which may be NULL), the
 * better the synonym; generic ones begin with GENERIC_RANK. */
#define GENERIC_RANK 1000u
const struct header_synonym *import_header_find(
    const struct import_format *f, const char *folded, size_t *rank);

/* How the header's likeness to a format is told: the best match, never NULL
 * (generic when nothing is recognised). *reason is a clause for a person
 * ("has user.phone_no as its second column"), in the arena. */
const struct import_format *import_format_guess(struct arena *a,
    const char *const *header, size_t columns, const char **reason);

/*
 * The rules by name (formats.md section 1): key, required, phone_form,
 * phone_check, country, name_rule, duplicates, existing, blank, unknown_tag,
 * unknown_column, typed_header, fixed_header, row_limit, size_limit, source,
 * segment, house_number_in_address.
 */
struct rule_info {
	const char *name;  /* in forms, JSON and the API */
	const char *label; /* for a person */
	const char *help;  /* one sentence on its effect */
	/* The values it can have, ends with NULL; NULL itself for rules with
	 * free values (country, row_limit, size_limit, source, required). */
	const char *const *values;
	const char *const *value_labels; /* the same, for a person */
};

/* Ends with a NULL name. */
extern const struct rule_info import_rule_infos[];
/* The field of a form that has the rule: its name, but "segment_rule" for
 * `segment`, whose field is the segment's name. import_rule_set() and
 * import_rule_get() know both. */
const char *import_rule_field(const struct rule_info *r);

/* Sets a rule from text; false when the rule or the value does not exist.
 * Booleans are "yes"/"no" and "true"/"false". */
bool import_rule_set(
    struct import_rules *r, const char *name, const char *value);
/* Its value as text, in the arena; NULL for a rule that does not exist. */
const char *import_rule_get(
    struct arena *a, const struct import_rules *r, const char *name);

/* The rules as a JSON object, and back (unknown names are ignored; those not
 * named keep what *r has). */
const char *import_rules_json(struct arena *a, const struct import_rules *r);
bool import_rules_parse(
    struct arena *a, const char *json, struct import_rules *r);

#endif
