/* undo_consent.c: what an undoing means for consents */
/* SPDX-License-Identifier: MIT */
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

enum status undo_settle_consents(struct undo_work *w)
{
	uint64_t *ids = arena_raw(w->arena, (w->count + 1) * sizeof(*ids));
	uint64_t *found = NULL;
	size_t n = 0, count = 0;

	for (size_t i = 0; i < w->count; i++)
		if (would_opt_in(w->items[i]))
			ids[n++] = w->items[i]->contact->id.n;
	enum status st = consent_ledger_store_later_no(w->db, w->arena, ids, n,
	    w->origin.import, w->origin.job, &found, &count, w->err);

	for (size_t i = 0; st == STATUS_OK && i < count; i++)
		stay_out(w, undo_find(w, found[i]));
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
