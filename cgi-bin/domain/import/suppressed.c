/* suppressed.c: rows about people who are not to come back by a file */
/* SPDX-License-Identifier: MIT */
#include "domain/import/suppressed.h"

#include <string.h>

#include "base/str.h"
#include "domain/import/row_key.h"
#include "storage/audit_store.h"

/* A hash of ours is as good as random. */
static uint64_t short_hash(const struct suppression *x)
{
	uint64_t h;

	memcpy(&h, x->hash, sizeof(h));
	return h ? h : 1;
}

enum status suppressed_read(struct suppressed *s, struct db *db,
    const struct batch *b, bool lock, struct err *e)
{
	struct suppression_value *values = arena_raw(
	    s->arena, (b->count * SUPPRESSION_VALUES + 1) * sizeof(*values));
	size_t n = 0;

	s->first = arena_raw(s->arena, (b->count + 1) * sizeof(*s->first));
	for (size_t i = 0; i < b->count; i++) {
		s->first[i] = (uint32_t)n;
		if (row_takes_part(&b->rows[i]))
			n +=
			    suppression_values(b->rows[i].value, i, values + n);
	}
	s->first[b->count] = (uint32_t)n;
	enum status st =
	    suppression_look(db, s->arena, values, n, lock, &s->found, e);

	return st == STATUS_DENIED && !lock ? STATUS_OK : st;
}

void suppressed_release(struct suppressed *s)
{
	keys_release(&s->lifted);
}

void suppressed_next_row(struct suppressed *s)
{
	s->proven_count = 0;
}

static bool is_lifted(const struct suppressed *s, const struct suppression *x)
{
	uint64_t hash = short_hash(x);

	return keys_find(&s->lifted, hash) ||
	       (s->earlier && keys_find(s->earlier, hash));
}

/* The row's e-mail address is that of the contact of the book. */
static bool is_own_email(
    struct arena *a, const struct contact *c, const struct checked_row *r)
{
	const char *email = r->value[FIELD_EMAIL];

	return c && !c->trashed_at && *c->value[FIELD_EMAIL] &&
	       !str_empty(email) &&
	       str_equal(
		   fold_email(a, c->value[FIELD_EMAIL]), fold_email(a, email));
}

const struct suppression *suppressed_by(struct suppressed *s, size_t i,
    const struct checked_row *r, bool of_email, const struct contact *c,
    int64_t uploaded)
{
	if (!s->found || (of_email && is_own_email(s->arena, c, r)))
		return NULL;
	for (size_t k = s->first[i]; k < s->first[i + 1]; k++) {
		const struct suppression *x = &s->found[k];

		if (!x->listed || (x->kind == SUPPRESSION_EMAIL) != of_email ||
		    is_lifted(s, x))
			continue;
		if (!suppression_proven(x, r->value[FIELD_WHATSAPP_OPTED],
			r->value[FIELD_WHATSAPP_OPTED_AT], uploaded))
			return x;
		if (s->proven_count < SUPPRESSION_VALUES)
			s->proven[s->proven_count++] = *x;
	}
	return NULL;
}

enum outcome suppressed_lift(
    struct suppressed *s, enum outcome outcome, struct matched *out)
{
	if (outcome == OUTCOME_SKIPPED || outcome == OUTCOME_REJECTED)
		return outcome;
	if (s->proven_count && !out->lifts)
		out->lifts = arena_raw(s->arena,
		    BATCH_ROWS * SUPPRESSION_VALUES * sizeof(*out->lifts));
	for (size_t i = 0; i < s->proven_count; i++) {
		out->lifts[out->lift_count++] = s->proven[i];
		keys_add(&s->lifted, short_hash(&s->proven[i]), 1);
	}
	return outcome;
}

void suppressed_keep(struct keys *earlier, const struct matched *m)
{
	for (size_t i = 0; i < m->lift_count; i++)
		keys_add(earlier, short_hash(&m->lifts[i]), 1);
}

enum status suppressed_write(struct db *db, struct arena *a,
    struct import_id id, const struct actor *actor, const struct matched *m,
    struct err *e)
{
	uint64_t lifted = 0;

	if (!m->lift_count)
		return STATUS_OK;
	enum status st =
	    suppression_lift(db, m->lifts, m->lift_count, &lifted, e);

	if (st != STATUS_OK || !lifted)
		return st;
	return audit_add(db, actor, "suppression.lift",
	    arena_printf(a, "import %llu", (unsigned long long)id.n),
	    arena_printf(a, "%llu keys, by newer consents of rows",
		(unsigned long long)lifted),
	    e);
}
