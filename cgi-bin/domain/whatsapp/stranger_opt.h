/* stranger_opt.h: the preference of somebody who is not in the book */
/* SPDX-License-Identifier: MIT */
#ifndef WHATSAPP_STRANGER_OPT_H
#define WHATSAPP_STRANGER_OPT_H

#include "domain/whatsapp/event.h"
#include "model/contact.h"
#include "model/member.h"
#include "storage/db.h"

/*
 * Nobody is made by it: a stop of a moment puts the person's keys on the list
 * of suppressions, so that no file brings them in as somebody who may be
 * written to; a newer wish to hear again takes them off it. In the caller's
 * transaction. DENIED when the list cannot be used.
 */
enum status stranger_opt(struct db *db, struct arena *a,
    const struct actor *actor, const struct wa_person *person, bool wants,
    int64_t at, struct err *e);

/* What the list of suppressions says of somebody who is not in the book: the
 * last moment of each kind (ms), 0 for none. unknown: nobody can tell, because
 * the list was made with another secret. */
struct stranger_listed {
	int64_t erased_at;
	int64_t opted_out_at;
	bool unknown;
};
enum status stranger_look(struct db *db, struct arena *a,
    const struct contact *c, struct stranger_listed *out, struct err *e);

#endif
