/* opt_out.c: one number or address is not to be contacted any more */
/* SPDX-License-Identifier: MIT */
#include "domain/privacy/opt_out.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/str.h"
#include "domain/consent/consent_ledger.h"
#include "domain/contact/contact_message.h"
#include "domain/import/row_key.h"
#include "domain/privacy/person_keys.h"
#include "storage/audit_store.h"
#include "storage/contact_store.h"
#include "storage/withdrawn_store.h"

#define BEFORE_CAP 4096u

/* --- what is on the list, and who is in the book --- */

/* A number that is somebody else's in another country is not meant. */
static enum status only_exact(
    struct db *db, struct arena *a, struct person_found *f, struct err *e)
{
	struct id_list exact = {0};
	enum status st =
	    person_store_find(db, a, FIELD_PHONE, f->value, &exact, e);

	if (st == STATUS_OK && !exact.count)
		f->count = 0;
	return st;
}

enum status opt_out_find_as(struct db *db, struct arena *a, enum person_by by,
    const char *text, struct opt_out_key *out, struct err *e)
{
	struct suppression *listed = NULL;

	*out = (struct opt_out_key){.by = by, .message = ""};
	enum status st = person_find(db, a, by, text, &out->found, e);

	out->message = out->found.message;
	if (st == STATUS_OK && !*out->found.value) {
		out->message = by == PERSON_BY_EMAIL
				   ? "This is no e-mail address."
				   : "This is no phone number: begin it with + "
				     "and the country code.";
		return ERR(e, STATUS_INVALID, "no key");
	}
	if (st == STATUS_OK && by == PERSON_BY_PHONE)
		st = only_exact(db, a, &out->found, e);
	if (st != STATUS_OK)
		return st;
	out->value = (struct suppression_value){
	    by == PERSON_BY_EMAIL ? SUPPRESSION_EMAIL : SUPPRESSION_PHONE,
	    by == PERSON_BY_EMAIL ? fold_email(a, out->found.value)
				  : out->found.value,
	    0};
	st = suppression_look(db, a, &out->value, 1, false, &listed, e);
	if (listed)
		out->listed = *listed;
	return st;
}

enum status opt_out_find(struct db *db, struct arena *a, const char *text,
    struct opt_out_key *out, struct err *e)
{
	return opt_out_find_as(db, a,
	    strchr(text, '@') ? PERSON_BY_EMAIL : PERSON_BY_PHONE, text, out,
	    e);
}

bool opt_out_names(
    struct arena *a, const struct opt_out_key *key, const char *text)
{
	struct person_keys keys = {.row_count = 0};

	person_keys_add(a, &keys, key->value.kind, key->value.value);
	return person_named(a, &keys, text) != NAMING_NONE;
}

/* --- opting out --- */

struct opting_out {
	struct arena *arena;
	const struct actor *actor;
	const struct opt_out_key *key;
	const char *reason;
	struct opt_out_result done;
};

static struct consent_entry entry_of(const struct opting_out *o)
{
	struct consent_entry how = consent_ledger_by(o->actor);

	how.detail = o->reason;
	return how;
}

static const char *image_of(struct arena *a, const struct contact *c)
{
	static const enum contact_field fields[] = {
	    FIELD_WHATSAPP_OPTED, FIELD_WHATSAPP_OPTED_AT};
	struct json_writer w;
	struct str out;

	str_init(&out, BEFORE_CAP);
	json_writer_init(&w, &out);
	json_open(&w, '{');
	for (size_t i = 0; i < 2; i++)
		json_pair_text(
		    &w, contact_fields[fields[i]].key, c->value[fields[i]]);
	json_close(&w, '}');
	const char *text = arena_strdup(a, str_text(&out));

	str_release(&out);
	return text;
}

static enum status write_contact(struct db *db, struct opting_out *o,
    const struct contact *before, struct err *e)
{
	struct contact after = *before;
	struct consent_entry how = entry_of(o);
	int64_t now = clock_now();
	char at[32];

	clock_format(now, at);
	after.value[FIELD_WHATSAPP_OPTED] = "no";
	after.value[FIELD_WHATSAPP_OPTED_AT] = at;
	after.updated_at = now;
	const struct contact_revision revision = {
	    .contact = before->id,
	    .version = before->version,
	    .at = now,
	    .kind = REVISION_UPDATE,
	    .member = o->actor->member,
	    .token = o->actor->token,
	    .before = image_of(o->arena, before),
	};
	enum status st = contact_store_update(db, &after, e);

	if (st == STATUS_OK)
		st = contact_revision_insert(db, &revision, e);
	if (st == STATUS_OK)
		st = consent_ledger_opted(db, before, &after, &how, e);
	if (st == STATUS_OK)
		st = audit_add(db, o->actor, "contact.update",
		    contact_subject_text(o->arena, before->id),
		    contact_fields[FIELD_WHATSAPP_OPTED].key, e);
	return st;
}

static enum status withdraw_email(struct db *db, struct opting_out *o,
    struct contact_id id, bool *changed, struct err *e)
{
	struct consent_entry entry = entry_of(o);
	uint64_t *withdrawn;
	size_t n = 0;
	enum status st =
	    withdrawn_email(db, o->arena, &id.n, 1, &withdrawn, &n, e);

	if (st != STATUS_OK || n)
		return st;
	*changed = true;
	entry.contact = id;
	entry.purpose = PURPOSE_EMAIL;
	entry.status = CONSENT_WITHDRAWN;
	entry.evidence_at = clock_now();
	return consent_ledger_add(db, &entry, e);
}

static enum status one_contact(
    struct db *db, struct opting_out *o, struct contact_id id, struct err *e)
{
	struct contact c;
	bool changed = false;
	enum status st = contact_store_get(db, o->arena, id, true, &c, e);

	if (st != STATUS_OK) /* gone meanwhile */
		return st == STATUS_NOT_FOUND ? STATUS_OK : st;
	if (!str_equal(c.value[FIELD_WHATSAPP_OPTED], "no")) {
		changed = true;
		st = write_contact(db, o, &c, e);
	}
	if (st == STATUS_OK && o->key->by == PERSON_BY_EMAIL)
		st = withdraw_email(db, o, id, &changed, e);
	o->done.contacts += changed;
	return st;
}

static enum status put_on_list(
    struct db *db, struct opting_out *o, struct err *e)
{
	struct suppression *listed = NULL;
	enum status st = suppression_hold(db, e);

	if (st == STATUS_OK)
		st = suppression_look(
		    db, o->arena, &o->key->value, 1, true, &listed, e);
	if (st != STATUS_OK || (listed && listed->listed))
		return st;
	o->done.listed = 1;
	st = suppression_add(db, o->arena, &o->key->value, 1,
	    SUPPRESSION_OPTED_OUT, clock_now(),
	    o->actor->token.n ? "api" : "page", e);
	if (st != STATUS_OK)
		return st;
	return audit_add(db, o->actor, "suppression.add", "suppression",
	    suppression_kinds[o->key->value.kind], e);
}

static enum status write_all(struct db *db, void *arg, struct err *e)
{
	struct opting_out *o = arg;
	const struct person_found *f = &o->key->found;
	enum status st = STATUS_OK;

	o->done = (struct opt_out_result){0};
	for (size_t i = 0; st == STATUS_OK && i < f->count; i++)
		st = one_contact(db, o, f->people[i].contact.id, e);
	if (st == STATUS_OK && !f->count)
		st = put_on_list(db, o, e);
	o->done.unchanged = !o->done.contacts && !o->done.listed;
	return st;
}

enum status opt_out_key(struct db *db, struct arena *a,
    const struct actor *actor, const struct opt_out_key *key,
    const char *reason, struct opt_out_result *result, struct err *e)
{
	struct opting_out o = {a, actor, key, reason, {0}};
	enum status st = db_transact(db, write_all, &o, e);

	if (st != STATUS_OK)
		return st;
	result->contacts += o.done.contacts;
	result->listed += o.done.listed;
	result->unchanged += o.done.unchanged;
	return STATUS_OK;
}

/* --- off the list again --- */

struct lifting {
	struct arena *arena;
	const struct actor *actor;
	const struct opt_out_key *key;
	const char *reason;
	uint64_t lifted;
};

static enum status lift(struct db *db, void *arg, struct err *e)
{
	struct lifting *l = arg;
	struct suppression *listed = NULL;
	enum status st = suppression_hold(db, e);

	l->lifted = 0;
	if (st == STATUS_OK)
		st = suppression_look(
		    db, l->arena, &l->key->value, 1, true, &listed, e);
	if (st == STATUS_OK && (!listed || !listed->listed))
		return ERR(e, STATUS_NOT_FOUND, "it is not on the list");
	if (st == STATUS_OK)
		st = suppression_lift(db, listed, 1, &l->lifted, e);
	if (st != STATUS_OK)
		return st;
	return audit_add(db, l->actor, "suppression.lift", "suppression",
	    arena_printf(l->arena, "%llu keys, by hand: %s",
		(unsigned long long)l->lifted, l->reason),
	    e);
}

enum status opt_out_lift(struct db *db, struct arena *a,
    const struct actor *actor, const struct opt_out_key *key,
    const char *reason, uint64_t *lifted, struct err *e)
{
	struct lifting l = {a, actor, key, reason, 0};
	enum status st = db_transact(db, lift, &l, e);

	*lifted = l.lifted;
	return st;
}
