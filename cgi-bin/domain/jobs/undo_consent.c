/* undo_consent.c: what an undoing means for consents */
/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "base/str.h"
#include "domain/consent/consent_ledger.h"
#include "domain/jobs/undo_work.h"

#define OPTED "whatsapp_opted"

static const char *opted(const struct contact *c)
{
	return c->value[FIELD_WHATSAPP_OPTED];
}

static bool would_opt_in(const struct undo_one *one)
{
	return str_equal(opted(one->contact), "no") &&
	       !str_equal(opted(&one->plan.contact), "no");
}

static void stay_out(struct undo_work *w, struct undo_one *one)
{
	struct revert_plan *p = &one->plan;

	revert_keep(w->arena, p, one->contact, FIELD_WHATSAPP_OPTED,
	    "The person has opted out again since.");
	p->contact.value[FIELD_WHATSAPP_OPTED_AT] =
	    one->contact->value[FIELD_WHATSAPP_OPTED_AT];
}

/* What a contact that comes out of a merge had become, where that is opted out
 * and it would not be. */
static struct undo_one *had_become(
    const struct undo_work *w, const struct undo_one *one)
{
	const struct contact *c = one->contact;

	if (!c->merged_into || one->plan.contact.trashed_at ||
	    str_equal(opted(&one->plan.contact), "no"))
		return NULL;
	struct undo_one *other = undo_find(w, c->merged_into);

	return other && str_equal(opted(other->contact), "no") ? other : NULL;
}

/* Which of two people has opted out since they were one contact, nobody can
 * tell: both have, but for a yes that is newer. */
static void come_back_out(struct undo_one *one, const struct undo_one *other)
{
	const char **value = one->plan.contact.value;
	const char *at = other->contact->value[FIELD_WHATSAPP_OPTED_AT];
	int64_t no = 0, yes = 0;

	clock_parse(at, true, &no);
	clock_parse(value[FIELD_WHATSAPP_OPTED_AT], true, &yes);
	if (str_equal(value[FIELD_WHATSAPP_OPTED], "yes") && yes > no)
		return;
	value[FIELD_WHATSAPP_OPTED] = "no";
	value[FIELD_WHATSAPP_OPTED_AT] = at;
}

static bool is_among(const uint64_t *ids, size_t n, uint64_t id)
{
	while (n && ids[n - 1] != id)
		n--;
	return n > 0;
}

enum status undo_settle_consents(struct undo_work *w)
{
	uint64_t *ids = arena_raw(w->arena, (w->count + 1) * sizeof(*ids));
	uint64_t *found = NULL;
	size_t n = 0, count = 0;

	for (size_t i = 0; i < w->count; i++) {
		const struct undo_one *other = had_become(w, w->items[i]);

		if (other || would_opt_in(w->items[i]))
			ids[n++] = other ? other->contact->id.n
					 : w->items[i]->contact->id.n;
	}
	enum status st = consent_ledger_store_later_no(w->db, w->arena, ids, n,
	    w->origin.import, w->origin.job, &found, &count, w->err);

	for (size_t i = 0; st == STATUS_OK && i < w->count; i++) {
		struct undo_one *one = w->items[i];
		const struct undo_one *other = had_become(w, one);

		if (other && is_among(found, count, other->contact->id.n))
			come_back_out(one, other);
		else if (would_opt_in(one) &&
			 is_among(found, count, one->contact->id.n))
			stay_out(w, one);
	}
	return st;
}

/* --- entries --- */

static const char *detail(const struct undo_work *w, bool kept)
{
	unsigned long long import = w->origin.import.n;
	unsigned long long job = w->origin.job.n;

	if (import)
		return arena_printf(w->arena, "%s import %llu",
		    kept ? "kept by the undo of" : "undo of", import);
	return arena_printf(w->arena, "undo of job %llu", job);
}

/* The import had its hands on the consent that stays. */
static bool stays_by_import(
    const struct undo_work *w, const struct undo_one *one)
{
	const struct revert *r = &one->revert;

	if (!w->origin.import.n || !*opted(one->contact) ||
	    one->plan.contact.trashed_at)
		return false;
	return r->created || revert_has_value(r, OPTED);
}

bool undo_consent(const struct undo_work *w, const struct undo_one *one,
    struct consent_entry *out)
{
	struct consent_entry how = {
	    .origin = ORIGIN_JOB,
	    .member = w->job->member,
	    .token = w->job->token,
	    .job = w->job->id,
	    .at = w->now,
	    .detail = detail(w, false),
	};

	if (consent_ledger_change(one->contact, &one->plan.contact, &how, out))
		return true;
	if (!stays_by_import(w, one))
		return false;
	how.detail = detail(w, true);
	return consent_ledger_change(NULL, &one->plan.contact, &how, out);
}
