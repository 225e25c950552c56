/* str.h: a growing string with a cap, and small helpers for C strings */
/* SPDX-License-Identifier: MIT */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * A buffer that grows up to a hard cap given at init. Appending past the cap
 * sets `full`, drops what does not fit and everything later, so a caller
 * checks once, at the end. data is always NUL-ended once anything was added.
 */
struct str {
	char *data;   /* the bytes; NULL until the first append */
	size_t len;   /* without the NUL */
	size_t space; /* bytes allocated */
	size_t cap;   /* never longer than this */
	bool full;    /* something did not fit */
};

void str_init(struct str *s, size_t cap);
void str_add(struct str *s, const void *p, size_t n);
void str_addz(struct str *s, const char *z);
void str_addc(struct str *s, char c);
void str_printf(struct str *s, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Empties it and keeps the memory. */
void str_reset(struct str *s);
/* Frees the memory; the string may be used again. */
void str_release(struct str *s);
/* The text as a C string: "" when nothing was added. Owned by s. */
const char *str_text(const struct str *s);

/* True when z is NULL or "". */
bool str_empty(const char *z);
/* z, or "" when it is NULL. */
const char *str_or_empty(const char *z);
bool str_equal(const char *a, const char *b);
/* ASCII letters only, whatever the locale. */
bool str_equal_nocase(const char *a, const char *b);
bool str_starts(const char *z, const char *prefix);
bool str_ends(const char *z, const char *suffix);
/* Reads a decimal number without sign; false when z is not wholly one or it
 * does not fit into 63 bits. *out is then untouched. */
bool str_to_u64(const char *z, unsigned long long *out);

#endif
