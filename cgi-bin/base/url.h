/* url.h: the escapes of query strings and forms */
/* SPDX-License-Identifier: MIT */
#ifndef BASE_URL_H
#define BASE_URL_H

#include <stddef.h>

#include "base/arena.h"

/* A value as it stands in a query string: everything but unreserved characters
 * (letters, digits, - . _ ~) escaped. In the arena. */
const char *url_escape(struct arena *a, const char *text);

/* The inverse, of n bytes: '+' is a blank. NULL for a broken escape, a NUL or
 * bytes that are not UTF-8. In the arena; *length without the NUL behind. */
const char *url_unescape(
    struct arena *a, const char *p, size_t n, size_t *length);

#endif
