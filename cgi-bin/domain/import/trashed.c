/* trashed.c: rows that are about a contact in the trash */
/* SPDX-License-Identifier: MIT */
#include "domain/import/trashed.h"

#include "storage/contact_trash_store.h"

static void take_tags(struct people *p, const struct tag_pair *pairs, size_t n)
{
	for (size_t i = 0; i < n;) {
		struct target *t = people_by_id(p, pairs[i].contact);
		size_t end = i;

		while (end < n && pairs[end].contact == pairs[i].contact)
			end++;
		t->lost = arena_raw(p->arena, (end - i) * sizeof(*t->lost));
		for (; i < end; i++)
			t->lost[t->lost_count++] = pairs[i].tag;
	}
}

enum status trashed_read_tags(struct db *db, struct people *p, struct err *e)
{
	uint64_t *ids = NULL;
	size_t n = 0;
	struct tag_pair *pairs;
	size_t count = 0;

	for (size_t i = 0; i < p->count; i++) {
		const struct target *t = p->targets[i];

		if (!t->contact.trashed_at || t->is_ghost)
			continue;
		if (!ids)
			ids = arena_raw(p->arena, p->count * sizeof(*ids));
		ids[n++] = t->contact.id.n;
	}
	if (!n)
		return STATUS_OK;
	enum status st =
	    contact_batch_lost_tags(db, p->arena, ids, n, &pairs, &count, e);

	if (st == STATUS_OK)
		take_tags(p, pairs, count);
	return st;
}

const char *trashed_refusal(struct arena *a, const struct target *t,
    const struct book *b, bool only_new)
{
	const struct contact *c = &t->contact;
	unsigned long long id = c->id.n;

	if (c->merged_into)
		return arena_printf(a,
		    "The contact that had this (number %llu) was merged into "
		    "contact %llu: use the values of that one.",
		    id, (unsigned long long)c->merged_into);
	if (only_new)
		return arena_printf(a,
		    "The contact (number %llu) is in the trash, and this "
		    "import only creates new ones: restore it first.",
		    id);
	if (b->skips_trash)
		return arena_printf(a,
		    "The contact (number %llu) is in the trash, and the "
		    "settings leave it there: restore it first.",
		    id);
	return NULL;
}

const char *trashed_warning(struct arena *a, const struct target *t)
{
	return arena_printf(a,
	    "The contact (number %llu) was in the trash and came back, with "
	    "the values of this row.",
	    (unsigned long long)t->contact.id.n);
}
