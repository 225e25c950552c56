/* consent_ledger.c: what each person agreed to, and where that is known from */
/* SPDX-License-Identifier: MIT */
#include "domain/consent/consent_ledger.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/str.h"

#define STATE_STEPS 50

enum status consent_ledger_add(
    struct db *db, const struct consent_entry *entry, struct err *e)
{
	return consent_ledger_store_add(db, entry, NULL, e);
}

struct consent_entry consent_ledger_by(const struct actor *actor)
{
	return (struct consent_entry){
	    .origin = actor->token.n ? ORIGIN_API : ORIGIN_PAGE,
	    .member = actor->member,
	    .token = actor->token,
	};
}

static enum consent_status status_of(const char *opted)
{
	if (str_equal(opted, "yes"))
		return CONSENT_GIVEN;
	return str_equal(opted, "no") ? CONSENT_WITHDRAWN : CONSENT_UNKNOWN;
}

bool consent_ledger_change(const struct contact *before,
    const struct contact *after, const struct consent_entry *how,
    struct consent_entry *out)
{
	const char *opted = after->value[FIELD_WHATSAPP_OPTED];
	const char *at = after->value[FIELD_WHATSAPP_OPTED_AT];
	const char *was = before ? before->value[FIELD_WHATSAPP_OPTED] : "";

	if (str_equal(was, opted) &&
	    (!*opted || str_equal(before->value[FIELD_WHATSAPP_OPTED_AT], at)))
		return false;
	*out = *how;
	out->contact = after->id;
	out->purpose = PURPOSE_WHATSAPP_MARKETING;
	out->status = status_of(opted);
	/* An opt-in is a consent, whoever writes it down. */
	if (out->status == CONSENT_GIVEN && out->basis == BASIS_NONE)
		out->basis = BASIS_CONSENT;
	if (!out->evidence_at)
		clock_parse(at, true, &out->evidence_at);
	return true;
}

enum status consent_ledger_opted(struct db *db, const struct contact *before,
    const struct contact *after, const struct consent_entry *how, struct err *e)
{
	struct consent_entry entry;

	return consent_ledger_change(before, after, how, &entry)
		   ? consent_ledger_add(db, &entry, e)
		   : STATUS_OK;
}

bool consent_may_return(
    int64_t since, int64_t evidence, int64_t now, bool confirmed)
{
	return confirmed || (evidence > since && evidence <= now);
}

bool consent_may_opt(const struct contact *before, const char *opted,
    const char *evidence, int64_t now, bool confirmed)
{
	int64_t since = before->updated_at;
	int64_t at = 0;

	if (!str_equal(before->value[FIELD_WHATSAPP_OPTED], "no") ||
	    str_equal(opted, "no"))
		return true;
	clock_parse(before->value[FIELD_WHATSAPP_OPTED_AT], true, &since);
	if (evidence)
		clock_parse(evidence, true, &at);
	return consent_may_return(since, at, now, confirmed);
}

/* --- reading --- */

static struct consent_entry *of_row(const struct ledger_step *step,
    enum consent_purpose purpose, bool own_cell, struct consent_entry *out)
{
	*out = step->entry;
	out->purpose = purpose;
	out->own_cell = own_cell;
	if (!own_cell)
		out->evidence_at = 0;
	out->outweighed = !own_cell && step->had_withdrawn[purpose];
	return out;
}

/* A member said that an opt-out of the file's people is overturned. */
static void by_confirmation(
    const struct ledger_step *step, struct consent_entry *x)
{
	x->confirmed = true;
	x->words = step->optin_words;
	x->member = step->optin_member;
	x->member_name = step->optin_name;
}

/* WhatsApp first, as consent_purposes has them. */
size_t consent_ledger_entries(
    const struct ledger_step *step, struct consent_entry *out)
{
	struct consent_entry *x;
	unsigned says = step->says;
	size_t n = 0;

	if (step->entry.id) {
		out[0] = step->entry;
		return 1;
	}
	if (says & SAYS_OPTED_OUT) {
		x = of_row(step, PURPOSE_WHATSAPP_MARKETING, true, &out[n++]);
		x->status = CONSENT_WITHDRAWN;
		x->basis = BASIS_NONE;
		x->words = x->words_version = "";
	} else if (says & (SAYS_WHATSAPP | SAYS_OPTED_IN)) {
		x = of_row(step, PURPOSE_WHATSAPP_MARKETING,
		    says & SAYS_OPTED_IN, &out[n++]);
		if (says & SAYS_CONFIRMED)
			by_confirmation(step, x);
	}
	of_row(step, PURPOSE_PROFILING, false, &out[n++]);
	if (says & SAYS_EMAIL)
		of_row(step, PURPOSE_EMAIL, false, &out[n++]);
	return n;
}

static size_t expand(const struct ledger_step *steps, size_t count,
    struct consent_entry *entries)
{
	size_t n = 0;

	for (size_t i = 0; i < count; i++)
		n += consent_ledger_entries(&steps[i], entries + n);
	return n;
}

enum status consent_ledger_list(struct db *db, struct arena *a,
    struct contact_id contact, const struct ledger_place *below, size_t limit,
    struct consent_entry **entries, size_t *count, struct ledger_place *next,
    struct err *e)
{
	struct ledger_step *steps;
	size_t n;
	enum status st = consent_ledger_store_list(
	    db, a, contact, below, limit + 1, &steps, &n, e);

	*count = 0;
	*next = (struct ledger_place){0};
	if (st != STATUS_OK)
		return st;
	if (n > limit) {
		n = limit;
		*next = steps[n - 1].place;
	}
	*entries =
	    arena_alloc(a, (n + 1) * CONSENT_PURPOSES * sizeof(**entries));
	*count = expand(steps, n, *entries);
	return STATUS_OK;
}

enum status consent_ledger_state(struct db *db, struct arena *a,
    struct contact_id contact, struct consent_state *out, struct err *e)
{
	struct ledger_place place = ledger_newest;
	struct consent_entry *entries;
	enum status st = STATUS_OK;
	size_t missing = CONSENT_PURPOSES;
	size_t count;

	*out = (struct consent_state){.has = {false}};
	while (st == STATUS_OK && missing && place.at) {
		st = consent_ledger_list(db, a, contact, &place, STATE_STEPS,
		    &entries, &count, &place, e);
		for (size_t i = 0; st == STATUS_OK && i < count; i++) {
			const struct consent_entry *x = &entries[i];

			if (out->has[x->purpose] || x->undone || x->outweighed)
				continue;
			out->last[x->purpose] = *x;
			out->has[x->purpose] = true;
			missing--;
		}
	}
	return st;
}

int64_t consent_since(const struct consent_entry *x)
{
	return x->evidence_at ? x->evidence_at : x->at;
}

const char *ledger_place_text(struct arena *a, const struct ledger_place *p)
{
	return p->at ? arena_printf(a, "%lld.%llu.%llu", (long long)p->at,
			   (unsigned long long)p->kind,
			   (unsigned long long)p->key)
		     : "";
}

bool ledger_place_read(const char *text, struct ledger_place *out)
{
	long long at;
	unsigned long long kind, key;
	char more;

	if (sscanf(text, "%lld.%llu.%llu%c", &at, &kind, &key, &more) != 3 ||
	    at <= 0 || at > ledger_newest.at)
		return false;
	*out = (struct ledger_place){at, kind, key};
	return true;
}
