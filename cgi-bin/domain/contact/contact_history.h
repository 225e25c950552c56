/* contact_history.h: the timeline of a contact: what each change changed */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CONTACT_CONTACT_HISTORY_H
#define DOMAIN_CONTACT_CONTACT_HISTORY_H

#include "base/arena.h"
#include "domain/contact/contact_rewind.h"
#include "model/contact_revision.h"
#include "storage/db.h"

struct history_line {
	const char *key;   /* as in the revision: "city", "_tags" */
	const char *label; /* of the field */
	const char *old;   /* "" for nothing */
	const char *new;
};
struct history_entry {
	const struct contact_revision *revision;
	uint64_t version; /* that the change made */
	bool in_trash;	  /* so was the contact in that version */
	bool trashed;	  /* the change brought it there */
	bool restored;	  /* ... or out of there */
	struct history_line *lines;
	size_t line_count;
};
struct history {
	struct history_entry *entries; /* newest first */
	size_t count;
	uint64_t older; /* to go on below; 0: the contact's making is next */
};

/* At most `limit` changes of a contact as it is now, newest first, of
 * revisions below the id `below` (0: from the newest). What a change made is
 * what the next one found, or what is there now. */
enum status contact_history_load(struct db *db, struct arena *a,
    const struct contact_was *now, uint64_t below, size_t limit,
    struct history *out, struct err *e);

/* What one change changed: `before` is its before-image, *at the contact as it
 * was after it, which is taken back to what it was before. */
void contact_history_tell(struct arena *a, struct contact *at,
    const char *before, struct history_line **lines, size_t *count);

#endif
