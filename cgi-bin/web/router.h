/* router.h: which handler an address belongs to */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_ROUTER_H
#define WEB_ROUTER_H

#include "web/request.h"
#include "web/response.h"

enum route_kind {
	ROUTE_PAGE,
	ROUTE_FILE,
	ROUTE_API
};

struct route {
	enum route_kind kind;
	const char *path; /* "/contacts/{id}" */
	const char *name; /* of template, handler and test */
	unsigned methods; /* of enum method, and WRITE_VIEWER */
	enum role role;	  /* the least that is let through */
	enum status (*handler)(
	    struct request *rq, struct response *rs, struct err *e);
};

/* A viewer may use the changing methods too: what they change is their own. */
#define ROUTE_WRITE_VIEWER 16u
/* What a token needs for the changing methods, in place of the scope write. */
#define ROUTE_SCOPE_IMPORT 32u
#define ROUTE_SCOPE_ERASE 64u

/* The route of a path, with the numbers of its {id} and its {n} (0 without
 * one); NULL when there is none. An id has 1 to 18 digits and no zero in
 * front. */
const struct route *router_find(
    const char *path, uint64_t *id, uint64_t *number);
/* All of them; ends with a row whose path is NULL. */
const struct route *router_table(void);
/* True when a page has exactly this path. */
bool router_has(const char *path);
/* "GET, HEAD, POST" of a route; in the arena. */
const char *router_allow(struct arena *a, const struct route *r);

#endif
