/* contact_list.h: a page of contacts with what belongs to it */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CONTACT_CONTACT_LIST_H
#define DOMAIN_CONTACT_CONTACT_LIST_H

#include "base/arena.h"
#include "domain/filter/contact_filter.h"
#include "storage/contact_list_store.h"

/* A total over it is said as "more than", where counting would take longer
 * than the page itself. */
#define TOTAL_BOUND 10000

/* How exact the total has to be. */
enum total_kind {
	TOTAL_LATELY,  /* bounded; of all contacts as of some seconds ago */
	TOTAL_BOUNDED, /* exact up to TOTAL_BOUND */
	TOTAL_EXACT
};

struct contact_list {
	struct contact_page page;
	uint64_t total;
	bool total_more;  /* more than total */
	const char *next; /* cursors; NULL: there is no such page */
	const char *previous;
};

enum status contact_list_load(struct db *db, struct arena *a,
    const struct contact_filter *f, enum total_kind kind,
    struct contact_list *out, struct err *e);

#endif
