/* catalog_page.h: what the pages of tags, attributes and segments share */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_PARTS_CATALOG_PAGE_H
#define WEB_PARTS_CATALOG_PAGE_H

#include "domain/catalog/catalog_change.h"
#include "web/request.h"
#include "web/response.h"

/*
 * The list is at the page's address; with ?rename=NAME, ?merge=NAME,
 * ?change=NAME or ?delete=NAME a form, or a question, about one of them stands
 * on top of it. Its POST has the fields action (that word, or "add") and
 * "which" (the name); in error the same form is shown again.
 */
#define CATALOG_ROWS 200u /* of a page of the list */

struct catalog_asked {
	const char *action; /* "" for the list alone */
	const char *name;   /* of what it is about */
};
/* What a GET asks for, by its parameters, or what a POST tried. Only actions
 * of `known` ("rename", "merge", ... NULL-ended) count, and for a GET only when
 * the member may change something. */
struct catalog_asked catalog_asked(
    const struct request *rq, const char *const *known);

/* Ready for the functions of catalog_change.h. */
struct catalog_change catalog_change_of(struct request *rq);

/* After a change: gives its job a few seconds, leaves `flash` for the next page
 * with what became of the contacts, and goes to `path`. */
enum status catalog_done(struct request *rq, struct response *rs,
    const struct catalog_change *c, const char *path, const char *flash,
    struct err *e);

/* Name, Query (for an address), Contacts ("4,182"), Some and One (flags) of a
 * row, or of what the page asks about. */
void catalog_fill(
    struct request *rq, struct node *row, const char *name, uint64_t contacts);

/* Total, Q, Search (whether there is something to search in), First and Next
 * (addresses; "" for none) of a list in pages. last: the last name shown, NULL
 * when nothing follows it. */
void catalog_fill_pages(
    struct request *rq, struct node *root, uint64_t total, const char *last);

#endif
