/* multipart.h: the parts of a multipart/form-data body */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_MULTIPART_H
#define WEB_MULTIPART_H

#include "web/request.h"

#define MULTIPART_PARTS_MAX 12000u
#define MULTIPART_HEAD_MAX 8192u      /* bytes of a part's headers */
#define MULTIPART_TEXT_MAX (4u << 20) /* bytes of all text fields */
#define MULTIPART_NAME_MAX 255u	      /* bytes of a file name */

/*
 * Reads a body of n bytes at p, whose Content-Type is content_type. Fields go
 * into form; the part "file" with a file name into file, as a place in the
 * body (an empty file input of a browser is not present). Parts of files by
 * other names are passed over. INVALID when the body is not well-formed (no
 * boundary, no last boundary, headers that are too long or say no name, text
 * that is not UTF-8, two files), TOO_LARGE over a limit; e->message is a
 * sentence that may be shown. Linear in n.
 */
enum status multipart_parse(struct arena *a, const char *content_type,
    const char *p, size_t n, struct form *form, struct upload *file,
    struct err *e);

/* A file name as it may be shown and stored: the part after the last slash of
 * either kind, without control characters, well-formed, at most
 * MULTIPART_NAME_MAX bytes. In the arena. */
const char *upload_name_clean(struct arena *a, const char *name, size_t n);

#endif
