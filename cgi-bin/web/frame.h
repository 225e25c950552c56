/* frame.h: what stands around every page */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_FRAME_H
#define WEB_FRAME_H

#include "web/request.h"
#include "web/response.h"

/*
 * Fills Book, Csrf, Path, Member.{Name, Initials, Role, Email}, Nav.N.{Title,
 * Path, Active}, Running.N.{Id, File, Done, Total, Percent}, Flash, CanEdit and
 * CanAdmin. A database that does not answer leaves its parts out: an error
 * page is shown even then. The flash message is taken away once it is shown.
 */
void frame_fill(struct request *rq, struct response *rs);

/* Up to two letters for a name, in the arena: "AL" for "Ada Lovelace". */
const char *frame_initials(struct arena *a, const char *name);

#endif
