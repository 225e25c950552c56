/* consent_record.c: a member or a program records a consent */
/* SPDX-License-Identifier: MIT */
#include "domain/consent/consent_record.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/contact/contact_message.h"
#include "storage/audit_store.h"
#include "storage/contact_store.h"

#define BEFORE_CAP 4096

/* --- what is said --- */

static bool read_word(struct arena *a, struct contact_result *out,
    const struct consent_word *words, int count, const char *field,
    const char *text, int *found)
{
	*found = consent_word_find(words, count, text);
	if (*found < 0)
		contact_message_add(a, out, field,
		    arena_printf(a, "Choose a %s of the list.", field));
	return *found >= 0;
}

static void read_status(struct arena *a, const struct consent_draft *d,
    struct consent_entry *entry, struct contact_result *out)
{
	if (str_equal(d->status, "given"))
		entry->status = CONSENT_GIVEN;
	else if (str_equal(d->status, "withdrawn"))
		entry->status = CONSENT_WITHDRAWN;
	else
		contact_message_add(
		    a, out, "status", "Say whether it was given or withdrawn.");
}

static void read_moment(struct arena *a, const struct consent_draft *d,
    int64_t now, struct consent_entry *entry, struct contact_result *out)
{
	if (!*d->evidence_at)
		return;
	if (!clock_parse(d->evidence_at, true, &entry->evidence_at))
		contact_message_add(a, out, "evidence_at",
		    "Write a moment like 2026-05-31T14:00:00Z.");
	else if (entry->evidence_at > now)
		contact_message_add(
		    a, out, "evidence_at", "This moment lies in the future.");
}

static bool has_control(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' && !strchr("\t\r\n", *text))
			return true;
	return false;
}

static void read_words(struct arena *a, const struct consent_draft *d,
    struct consent_entry *entry, struct contact_result *out)
{
	size_t where;

	entry->words = d->words;
	if (!utf8_valid(d->words, strlen(d->words), &where) ||
	    has_control(d->words)) {
		contact_message_add(
		    a, out, "words", "There are signs in it that are no text.");
		return;
	}
	if (utf8_length(d->words) > CONSENT_WORDS_MAX)
		contact_message_add(a, out, "words",
		    arena_printf(a, "At most %d signs.", CONSENT_WORDS_MAX));
}

bool consent_draft_check(struct arena *a, const struct consent_draft *d,
    int64_t now, struct consent_entry *entry, struct contact_result *out)
{
	int found;

	if (read_word(a, out, consent_purposes, CONSENT_PURPOSES, "purpose",
		d->purpose, &found))
		entry->purpose = (enum consent_purpose)found;
	read_status(a, d, entry, out);
	if (read_word(a, out, consent_bases, CONSENT_BASES, "basis", d->basis,
		&found))
		entry->basis = (enum consent_basis)found;
	if (entry->basis == BASIS_NONE && entry->status == CONSENT_GIVEN)
		entry->basis = BASIS_CONSENT;
	read_moment(a, d, now, entry, out);
	read_words(a, d, entry, out);
	return !out->message_count;
}

/* --- writing it --- */

struct recording {
	struct db *db;
	struct arena *arena;
	const struct actor *actor;
	struct contact_id id;
	const struct consent_draft *draft;
	struct contact_result *out;
	struct consent_entry *entry;
	struct consent_state state; /* before */
	int64_t now;
	struct err *err;
};

/* Since when the purpose is withdrawn; 0: it is not. */
static int64_t withdrawn_since(const struct recording *r)
{
	const struct contact *c = &r->out->contact;
	enum consent_purpose p = r->entry->purpose;
	const struct consent_entry *last = &r->state.last[p];
	int64_t since = 0;

	if (p == PURPOSE_WHATSAPP_MARKETING &&
	    str_equal(c->value[FIELD_WHATSAPP_OPTED], "no") &&
	    !clock_parse(c->value[FIELD_WHATSAPP_OPTED_AT], true, &since))
		since = c->updated_at;
	if (since || !r->state.has[p] || last->status != CONSENT_WITHDRAWN)
		return since;
	return last->evidence_at ? last->evidence_at : last->at;
}

static bool may_be_given(struct recording *r)
{
	int64_t since = withdrawn_since(r);
	char at[32];

	if (r->entry->status != CONSENT_GIVEN || !since ||
	    consent_may_return(
		since, r->entry->evidence_at, r->now, r->draft->confirmed))
		return true;
	clock_format(since, at);
	contact_message_add(r->arena, r->out, "confirmed",
	    arena_printf(r->arena,
		"This person withdrew this consent on %.10s. Say when it was "
		"given again, later than that, or confirm that it was.",
		at));
	return false;
}

/* The time of an opt-out only goes forward; that of what stays is left where
 * nobody says another. */
static const char *opted_at(const struct recording *r, bool same)
{
	const char *had = r->out->contact.value[FIELD_WHATSAPP_OPTED_AT];
	int64_t at = r->entry->evidence_at;
	int64_t since = 0;
	char text[32];

	if (!at && same)
		return had;
	if (!at)
		at = r->now;
	if (same && clock_parse(had, true, &since) && at < since)
		return had;
	clock_format(at, text);
	return arena_strdup(r->arena, text);
}

static enum status revise(struct recording *r, const struct contact *new)
{
	static const enum contact_field fields[] = {
	    FIELD_WHATSAPP_OPTED, FIELD_WHATSAPP_OPTED_AT};
	const struct contact *old = &r->out->contact;
	struct contact_revision revision = {.kind = REVISION_UPDATE};
	struct json_writer w;
	struct str before;

	str_init(&before, BEFORE_CAP);
	json_writer_init(&w, &before);
	json_open(&w, '{');
	for (size_t i = 0; i < 2; i++) {
		if (str_equal(old->value[fields[i]], new->value[fields[i]]))
			continue;
		json_key(&w, contact_fields[fields[i]].key);
		contact_put_field(&w, fields[i], old->value[fields[i]]);
	}
	json_close(&w, '}');
	enum status st = contact_revise(
	    r->db, &revision, old, r->actor, str_text(&before), r->err);

	str_release(&before);
	return st == STATUS_OK ? contact_store_update(r->db, new, r->err) : st;
}

/* The contact agrees with the ledger. */
static enum status set_opted(struct recording *r)
{
	const struct contact *old = &r->out->contact;
	const char *opted = r->entry->status == CONSENT_GIVEN ? "yes" : "no";
	bool same = str_equal(old->value[FIELD_WHATSAPP_OPTED], opted);
	struct contact new = *old;

	if (r->entry->purpose != PURPOSE_WHATSAPP_MARKETING)
		return STATUS_OK;
	new.value[FIELD_WHATSAPP_OPTED] = opted;
	new.value[FIELD_WHATSAPP_OPTED_AT] = opted_at(r, same);
	new.updated_at = r->now;
	if (same && str_equal(new.value[FIELD_WHATSAPP_OPTED_AT],
			old->value[FIELD_WHATSAPP_OPTED_AT]))
		return STATUS_OK;
	r->out->changed = true;
	return revise(r, &new);
}

static enum status write_it(struct recording *r)
{
	struct consent_entry *x = r->entry;
	enum status st = set_opted(r);

	x->at = clock_now();
	if (st == STATUS_OK)
		st = consent_ledger_store_add(r->db, x, &x->id, r->err);
	if (st != STATUS_OK)
		return st;
	return audit_add(r->db, r->actor, "contact.consent",
	    contact_subject_text(r->arena, r->id),
	    arena_printf(r->arena, "%s %s", consent_purposes[x->purpose].key,
		consent_statuses[x->status].key),
	    r->err);
}

static enum status attempt(struct db *db, void *arg, struct err *e)
{
	struct recording *r = arg;

	r->db = db;
	r->err = e;
	r->now = clock_now();
	memset(r->out, 0, sizeof(*r->out));
	*r->entry = consent_ledger_by(r->actor);
	r->entry->contact = r->id;
	enum status st =
	    contact_store_get(db, r->arena, r->id, true, &r->out->contact, e);

	if (st != STATUS_OK)
		return st;
	r->out->in_trash = r->out->contact.trashed_at != 0;
	if (r->out->in_trash)
		return ERR(e, STATUS_CONFLICT, "in the trash");
	if (!consent_draft_check(r->arena, r->draft, r->now, r->entry, r->out))
		return STATUS_INVALID;
	st = consent_ledger_state(db, r->arena, r->id, &r->state, e);
	if (st != STATUS_OK)
		return st;
	return may_be_given(r) ? write_it(r) : STATUS_INVALID;
}

enum status consent_record(struct db *db, struct arena *a,
    const struct actor *actor, struct contact_id id,
    const struct consent_draft *d, struct contact_result *out,
    struct consent_entry *entry, struct err *e)
{
	struct recording r = {.arena = a,
	    .actor = actor,
	    .id = id,
	    .draft = d,
	    .out = out,
	    .entry = entry};

	return db_transact(db, attempt, &r, e);
}
