/* optout.c: no file makes an opt-in of an opt-out by itself */
/* SPDX-License-Identifier: MIT */
#include "domain/import/optout.h"

#include "base/clock.h"
#include "base/str.h"
#include "domain/import/match.h"
#include "storage/consent_ledger_store.h"

enum optout_proof optout_proof(const char *since, int64_t latest_since,
    const char *proof, int64_t uploaded)
{
	int64_t from = latest_since;
	int64_t at;

	if (str_empty(proof) || !clock_parse(proof, false, &at))
		return PROOF_NONE;
	if (!str_empty(since))
		clock_parse(since, false, &from);
	if (at > uploaded)
		return PROOF_FUTURE;
	return at > from ? PROOF_NEWER : PROOF_OLD;
}

const char *optout_message(enum optout_proof proof)
{
	static const char *const messages[] = {
	    [PROOF_NEWER] = "",
	    [PROOF_NONE] =
		"The contact has opted out, and the row has no time of a newer "
		"consent: it stays opted out. Everything else of the row is "
		"taken over.",
	    [PROOF_OLD] =
		"The contact has opted out, and the consent of the row is not "
		"newer than that: it stays opted out. Everything else of the "
		"row is taken over.",
	    [PROOF_FUTURE] =
		"The contact has opted out, and the row's time of consent lies "
		"in the future: it stays opted out. Everything else of the row "
		"is taken over.",
	};

	return messages[proof];
}

unsigned char optout_says(
    const struct contact *c, const struct checked_row *r, bool confirmed)
{
	const char *opted = c->value[FIELD_WHATSAPP_OPTED];
	const char *cell = str_or_empty(r->value[FIELD_WHATSAPP_OPTED]);
	unsigned says = *c->value[FIELD_EMAIL] ? SAYS_EMAIL : 0;

	if (*cell && str_equal(cell, opted))
		says |= *cell == 'y' ? SAYS_OPTED_IN : SAYS_OPTED_OUT;
	else if (!*cell && !str_equal(opted, "no") &&
		 (*c->value[FIELD_PHONE] || *c->value[FIELD_WA_USER_ID]))
		says |= SAYS_WHATSAPP;
	if (confirmed)
		says |= SAYS_CONFIRMED;
	return (unsigned char)says;
}

void optins_init(struct optins *o)
{
	*o = (struct optins){.given = false};
	keys_init(&o->taken);
}

void optins_release(struct optins *o)
{
	keys_release(&o->taken);
}

enum status optins_load(struct optins *o, struct db *db, struct arena *a,
    struct import_id id, struct err *e)
{
	uint64_t *contacts;
	size_t n;
	enum status st = import_optin_get(db, a, id, &o->c, e);

	if (st == STATUS_NOT_FOUND)
		return STATUS_OK;
	o->given = st == STATUS_OK;
	if (st != STATUS_OK || o->c.checked)
		return st;
	st = import_optout_taken(
	    db, a, id, OPTOUT_PASS_IMPORT, &contacts, &n, e);
	for (size_t i = 0; st == STATUS_OK && i < n; i++)
		keys_add(&o->taken, contacts[i], 1);
	return st;
}

enum status optins_read(struct optins *o, struct db *db, struct import_id id,
    struct batch *b, struct err *e)
{
	o->row_count = 0;
	if (!o->given || !o->c.checked || !b->count)
		return STATUS_OK;
	return import_optout_rows(db, &b->arena, id, o->c.pass, b->rows[0].row,
	    b->rows[b->count - 1].row, &o->rows, &o->row_count, e);
}

/* The check found this row and this contact. */
static bool is_covered(
    const struct optins *o, uint64_t row, uint64_t contact, bool of_file)
{
	size_t low = 0;
	size_t high = o->row_count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (o->rows[middle].row < row)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == o->row_count || o->rows[low].row != row)
		return false;
	uint64_t found = o->rows[low].contact;

	/* One that the check would have made has its id only now. */
	return found == contact || (of_file && found >= NO_CONTACT);
}

bool optins_allow(const struct optins *o, uint64_t row, const struct target *t,
    bool of_file, const struct keys *fresh)
{
	uint64_t contact = t->contact.id.n;

	if (!o->given)
		return false;
	if (o->c.checked)
		return is_covered(o, row, contact, of_file);
	return keys_find(&o->taken, contact) || keys_find(fresh, contact) ||
	       o->taken.count + fresh->count < o->c.people;
}

void optins_take(
    const struct optins *o, struct keys *fresh, const struct optout_row *r)
{
	if (!r->kept && !keys_find(&o->taken, r->contact))
		keys_add(fresh, r->contact, r->row);
}

void optins_keep(struct optins *o, const struct optout_row *done, size_t count)
{
	for (size_t i = 0; o->given && i < count; i++)
		if (!done[i].kept)
			keys_add(&o->taken, done[i].contact, done[i].row);
}
