/* checking.h: what the checks of one row share */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_CHECKING_H
#define IMPORT_CHECKING_H

#include <stdbool.h>

#include "domain/import/check.h"

/* A row that is being checked; only check.c and check_*.c see it. */
struct checking {
	struct arena *arena;
	const struct check_context *c;
	const struct record *r;
	struct checked_row *out;
	int column[FIELD_COUNT];  /* of each field, from 0; -1: not mapped */
	int code_column;	  /* of the country code, or -1 */
	const char *code;	  /* the country code's cell, or "" */
	const char **folded_tags; /* as the row's tags, to compare */
	size_t tag_space;
	size_t problem_space;
	size_t attribute_space;
};

/* Adds a problem; column from 0, or -1 for the row as a whole. */
void problem_add(struct checking *x, enum problem_code code, int column,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* problem_value() of a value. */
const char *shown(struct checking *x, const char *value);

/* The phone's cell becomes E.164, by the rule phone_form (check_phone.c). */
void check_phone(struct checking *x);
/* True for a number that a spreadsheet has cut off: 9.19877E+11, #####. */
bool is_spreadsheet_damage(const char *text);

/* Names by name_rule, and joined from first and last (check_text.c). */
void check_names(struct checking *x);
void check_email(struct checking *x);
/* Tags of a cell are added to the row's (check_text.c). */
void check_tags(struct checking *x, int column, const char *text);

#endif
