/* contact_timeline.h: the timeline of a contact in a template */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_PARTS_CONTACT_TIMELINE_H
#define WEB_PARTS_CONTACT_TIMELINE_H

#include "domain/contact/contact_rewind.h"
#include "web/request.h"
#include "web/view.h"

/*
 * Fills Timeline.N, newest first, each with a Kind: "change" (At, what and who
 * made it, Lines of old and new values, Version) or "created". Of another kind
 * an entry can be as well, by a function of its own and a piece of
 * _timeline.cs. Newer and Older are addresses of other parts of it.
 * INVALID for a place in the timeline (?before=) that is none.
 */
enum status contact_timeline_fill(struct request *rq, struct node *root,
    const struct contact_was *now, struct err *e);
/* What a kind of job is called: "Bulk change". */
const char *contact_timeline_job(const char *kind);

#endif
