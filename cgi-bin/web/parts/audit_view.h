/* audit_view.h: entries of the audit log, for its page, file and API */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_PARTS_AUDIT_VIEW_H
#define WEB_PARTS_AUDIT_VIEW_H

#include "domain/audit_filter.h"
#include "web/request.h"

/* Reads the query string; a parameter that there is not is a problem too.
 * limit: entries of a page, where the request does not say. */
void audit_view_read(
    struct request *rq, size_t limit, struct audit_filter *out);

/* Who it was, for a person: a member's name, "Command line". In the arena. */
const char *audit_view_who(struct arena *a, const struct audit *entry);
/* The token by its name or number; "" when there is none. */
const char *audit_view_token(struct arena *a, const struct audit *entry);

#endif
