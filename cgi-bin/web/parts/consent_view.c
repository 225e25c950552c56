/* consent_view.c: the ledger of consents on pages, in forms, as downloads */
/* SPDX-License-Identifier: MIT */
#include "web/parts/consent_view.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "domain/consent/consent_json.h"
#include "domain/consent/consent_proof.h"
#include "domain/contact/contact_message.h"
#include "storage/audit_store.h"
#include "storage/contact_store.h"

static const char *dot(enum consent_status status)
{
	switch (status) {
	case CONSENT_GIVEN:
		return "good";
	case CONSENT_WITHDRAWN:
		return "bad";
	case CONSENT_UNKNOWN:
		break;
	}
	return "plain";
}

static void set_status(struct node *n, enum consent_status status)
{
	node_set(n, "Status", consent_statuses[status].label);
	node_set(n, "Dot", dot(status));
}

/* --- the state --- */

static void fill_purpose(struct request *rq, struct node *root, int purpose,
    const struct consent_entry *last, int64_t now)
{
	struct node *n = node_add(root, "Purposes");

	node_set(n, "Label", consent_purposes[purpose].label);
	set_status(n, last ? last->status : CONSENT_UNKNOWN);
	if (!last)
		return;
	node_set_time(n, "Since", consent_since(last), now);
	node_set(n, "Source", consent_source(rq->arena, last));
	if (last->import.n && last->origin == ORIGIN_IMPORT)
		node_set_int(n, "Import", (int64_t)last->import.n);
}

static void add_options(struct node *form, const char *name,
    const struct consent_word *words, int count)
{
	for (int i = 0; i < count; i++) {
		struct node *n = node_add(form, name);

		node_set(n, "Value", words[i].key);
		node_set(n, "Label", words[i].label);
	}
}

/* Nothing is chosen beforehand of what matters. */
static void fill_options(struct node *root)
{
	static const struct consent_word choose = {"", "Choose…"};
	struct node *form = node_child(root, "ConsentForm");

	add_options(form, "Purposes", &choose, 1);
	add_options(form, "Purposes", consent_purposes, CONSENT_PURPOSES);
	add_options(form, "Statuses", &choose, 1);
	add_options(form, "Statuses", consent_statuses + CONSENT_GIVEN, 2);
	add_options(form, "Bases", consent_bases, CONSENT_BASES);
}

enum status consent_view_state(struct request *rq, struct response *rs,
    struct contact_id contact, struct err *e)
{
	struct node *root = view_root(rs->view);
	int64_t now = clock_now();
	struct consent_state s;
	enum status st =
	    consent_ledger_state(rq->db, rq->arena, contact, &s, e);

	if (st != STATUS_OK)
		return st;
	for (int i = 0; i < CONSENT_PURPOSES; i++) {
		const struct consent_entry *last = s.has[i] ? &s.last[i] : NULL;

		fill_purpose(rq, root, i, last, now);
		if (last && last->status == CONSENT_WITHDRAWN)
			node_set_flag(root, "Withdrawn", true);
	}
	fill_options(root);
	return STATUS_OK;
}

/* --- entries --- */

static void fill_entry(struct request *rq, struct node *n,
    struct contact_id contact, const struct consent_entry *x, int64_t now)
{
	node_set(n, "Purpose", consent_purposes[x->purpose].label);
	set_status(n, x->status);
	if (x->basis != BASIS_NONE)
		node_set(n, "Basis", consent_bases[x->basis].label);
	node_set_time(n, "At", x->at, now);
	node_set_time(n, "EvidenceAt", x->evidence_at, now);
	node_set(n, "Source", consent_source(rq->arena, x));
	node_set(n, "Note", consent_note(rq->arena, x));
	node_set(n, "Words", x->words);
	node_set(n, "WordsVersion", x->words_version);
	node_set(n, "Message", x->message);
	node_set_flag(n, "Counts", !x->undone && !x->outweighed);
	if (x->import.n && x->origin == ORIGIN_IMPORT)
		node_set_int(n, "Import", (int64_t)x->import.n);
	if (x->job.n)
		node_set_int(n, "Job", (int64_t)x->job.n);
	if (x->contact.n != contact.n)
		node_set_int(n, "Contact", (int64_t)x->contact.n);
}

void consent_view_entries(struct request *rq, struct response *rs,
    struct contact_id contact, const struct consent_entry *entries, size_t n)
{
	struct node *root = view_root(rs->view);
	int64_t now = clock_now();

	for (size_t i = 0; i < n; i++)
		fill_entry(
		    rq, node_add(root, "Entries"), contact, &entries[i], now);
}

/* --- the form --- */

/* The control of a moment has no zone: it is UTC. */
void consent_form_read(struct request *rq, struct consent_draft *out)
{
	*out = (struct consent_draft){
	    .purpose = form_text(&rq->form, "purpose"),
	    .status = form_text(&rq->form, "status"),
	    .basis = form_text(&rq->form, "basis"),
	    .words = form_trimmed(rq->arena, &rq->form, "words"),
	    .evidence_at = form_trimmed(rq->arena, &rq->form, "evidence_at"),
	    .confirmed = form_checked(&rq->form, "confirmed"),
	};
}

void consent_form_fill(struct request *rq, struct response *rs,
    const struct consent_draft *draft, const struct contact_result *result)
{
	struct node *form = node_child(view_root(rs->view), "ConsentForm");

	(void)rq;
	node_set_flag(form, "Open", true);
	node_set(form, "Purpose", draft->purpose);
	node_set(form, "Status", draft->status);
	node_set(form, "Basis", draft->basis);
	node_set(form, "Words", draft->words);
	node_set(form, "EvidenceAt", draft->evidence_at);
	node_set_flag(form, "Confirmed", draft->confirmed);
	for (size_t i = 0; i < result->message_count; i++)
		view_error(rs->view, result->messages[i].field,
		    result->messages[i].text);
}

/* --- downloads --- */

static bool sink_response(void *arg, const char *p, size_t n)
{
	struct response *rs = arg;

	response_write(rs, p, n);
	return !rs->gone;
}

enum status consent_download(
    struct request *rq, struct response *rs, bool json, struct err *e)
{
	struct contact_id id = {rq->path_id};
	struct contact c;
	enum status st = contact_store_get(rq->db, rq->arena, id, false, &c, e);
	const char *name = arena_printf(rq->arena, "contact-%llu-consents.%s",
	    (unsigned long long)id.n, json ? "json" : "csv");

	if (st == STATUS_OK && !rq->head)
		st = audit_add(rq->db, &rq->actor, "consent.exported",
		    contact_subject_text(rq->arena, id), name, e);
	if (st != STATUS_OK)
		return st;
	response_begin(rq, rs, json ? "application/json" : "text/csv", name);
	if (rq->head)
		return STATUS_OK;
	st = (json ? consent_proof_json : consent_proof_csv)(
	    rq->db, id, sink_response, rs, e);
	if (st != STATUS_OK && !rs->gone)
		log_error("consents of contact %llu: %s",
		    (unsigned long long)id.n, e->message);
	return rs->gone ? STATUS_OK : st;
}
