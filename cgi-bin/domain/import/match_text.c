/* match_text.c: sentences of matching, and the sums of its outcomes */
/* SPDX-License-Identifier: MIT */
#include "domain/import/match_text.h"

const char *match_conflict_text(struct arena *a, enum contact_field f,
    const struct target *other, bool of_file)
{
	const char *what = f == FIELD_PHONE   ? "phone number"
			   : f == FIELD_EMAIL ? "e-mail address"
					      : "WhatsApp user id";
	unsigned long long id = other->contact.id.n;

	if (other->contact.trashed_at)
		return arena_printf(a,
		    "The %s belongs to a contact in the trash (number %llu): "
		    "restore it, or delete it for good first.",
		    what, id);
	if (of_file)
		return arena_printf(a,
		    "The %s belongs to the contact of an earlier row: correct "
		    "one of the two rows.",
		    what);
	return arena_printf(a,
	    "The %s belongs to another contact (number %llu): correct the "
	    "row, or merge the two contacts first.",
	    what, id);
}

const char *match_duplicate_text(
    struct arena *a, enum contact_field f, uint64_t first)
{
	const char *what = f == FIELD_PHONE   ? "phone number"
			   : f == FIELD_EMAIL ? "e-mail address"
					      : "user ID";

	if (!first)
		return arena_printf(a,
		    "The %s stands in several rows of the file: leave one of "
		    "them.",
		    what);
	return arena_printf(a,
	    "Row %llu has the same %s: the first row stands, leave this one "
	    "out.",
	    (unsigned long long)first, what);
}

void match_count(struct import_counts *c, enum outcome o)
{
	c->read++;
	switch (o) {
	case OUTCOME_CREATED:
		c->created++;
		break;
	case OUTCOME_UPDATED:
		c->updated++;
		break;
	case OUTCOME_UNCHANGED:
		c->unchanged++;
		break;
	case OUTCOME_SKIPPED:
		c->skipped++;
		break;
	case OUTCOME_REJECTED:
		c->rejected++;
		break;
	}
}
