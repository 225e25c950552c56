/* form.h: names and values that came with a request */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/url.h"

/* Most fields of one request; more is STATUS_TOO_LARGE. Enough for a mapping
 * of 2,000 columns. */
#define FORM_FIELDS_MAX 12000u

struct form_field {
	const char *name;
	const char *value; /* NUL-ended; never NULL */
	size_t length;
};

struct form {
	struct form_field *fields; /* in the order sent */
	size_t count;
	size_t space;
	uint32_t *index; /* hash of names, for many fields */
	size_t index_size;
};

/* Appends the fields of an application/x-www-form-urlencoded text. INVALID for
 * a broken escape, a NUL or bytes that are not UTF-8; TOO_LARGE for too many
 * fields. Capped and linear. */
enum status form_parse(
    struct arena *a, struct form *f, const char *text, size_t n, struct err *e);
/* Appends one field (strings are not copied). */
enum status form_add(struct arena *a, struct form *f, const char *name,
    const char *value, size_t length);

/* The first value of a name; NULL when it was not sent. */
const char *form_find(const struct form *f, const char *name);
/* The same, "" when it was not sent. */
const char *form_text(const struct form *f, const char *name);
/* The same with white space off both ends, in the arena. */
const char *form_trimmed(
    struct arena *a, const struct form *f, const char *name);
/* True for a checkbox that was ticked (any value but "", "0", "false",
 * "no"). */
bool form_checked(const struct form *f, const char *name);
/* The i-th value of a name; NULL after the last. */
const char *form_nth(const struct form *f, const char *name, size_t i);

#endif
