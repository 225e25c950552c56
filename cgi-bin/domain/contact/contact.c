/* contact.c: making a contact */
/* SPDX-License-Identifier: MIT */
#include "domain/contact/contact.h"

#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "domain/attributes.h"
#include "domain/consent/consent_ledger.h"
#include "domain/contact/contact_message.h"
#include "storage/audit_store.h"
#include "storage/campaign_store.h"
#include "storage/contact_store.h"
#include "storage/setting_store.h"
#include "storage/tag_store.h"

bool contact_is_active(const struct contact *c, int64_t now)
{
	return c->last_active && c->last_active >= now - CONTACT_ACTIVE_MS;
}

const char *contact_subject_text(struct arena *a, struct contact_id id)
{
	return arena_printf(a, "contact %llu", (unsigned long long)id.n);
}

void contact_check_keys(
    struct arena *a, const struct contact *c, struct contact_result *out)
{
	if (*c->value[FIELD_PHONE] || *c->value[FIELD_WA_USER_ID] ||
	    *c->value[FIELD_EMAIL] || *c->value[FIELD_USER_ID])
		return;
	contact_message_add(a, out, "",
	    "A contact needs a phone number, a WhatsApp user id, an e-mail "
	    "or a user id.");
}

enum status contact_taken(struct db *db, struct arena *a,
    const struct contact *c, struct contact_result *out, struct err *e)
{
	static const enum contact_field unique[] = {
	    FIELD_PHONE, FIELD_WA_USER_ID};
	static const char *const text[] = {"Another contact has this number.",
	    "Another contact has this WhatsApp user id."};
	static const char *const trashed[] = {
	    "A contact in the trash has this number.",
	    "A contact in the trash has this WhatsApp user id."};

	if (out->suppressed || out->other_privacy_key)
		return STATUS_CONFLICT;
	for (size_t i = 0; i < 2; i++) {
		struct contact_id id = {0};
		const char *value = c->value[unique[i]];

		if (!*value)
			continue;
		enum status st =
		    contact_store_find(db, unique[i], value, &id, e);

		if (st == STATUS_NOT_FOUND ||
		    (st == STATUS_OK && id.n == c->id.n))
			continue;
		if (st != STATUS_OK)
			return st;
		struct contact other;

		st = contact_store_get(db, a, id, false, &other, e);
		if (st == STATUS_NOT_FOUND)
			continue; /* gone in between */
		if (st != STATUS_OK)
			return st;
		out->other = id;
		out->other_in_trash = other.trashed_at != 0;
		contact_message_add(a, out, contact_fields[unique[i]].key,
		    out->other_in_trash ? trashed[i] : text[i]);
	}
	return STATUS_CONFLICT;
}

enum status contact_ask_suppression(struct db *db, struct arena *a,
    const struct suppression_gate *gate, struct contact_result *out,
    struct err *e)
{
	struct suppression refused;
	enum status st = suppression_pass(db, a, gate, &refused, e);

	out->suppressed = st == STATUS_OK && refused.listed;
	out->other_privacy_key = st == STATUS_DENIED;
	if (out->other_privacy_key)
		contact_message_add(a, out, "", SUPPRESSION_OTHER_KEY);
	if (out->suppressed)
		contact_message_add(a, out,
		    contact_fields[suppression_field(refused.kind)].key,
		    suppression_message(a, &refused));
	return out->suppressed || out->other_privacy_key
		   ? ERR(e, STATUS_CONFLICT, "on the list of suppressions")
		   : st;
}

/* --- making --- */

struct creation {
	struct arena *arena;
	const struct actor *actor;
	const struct contact_draft *draft;
	struct contact *contact;
	struct contact_result *out;
};

static const char *made_attributes(
    struct arena *a, const struct contact_draft *d)
{
	struct attribute_member *members =
	    arena_alloc(a, (d->attribute_count + 1) * sizeof(*members));
	size_t n = 0;

	for (size_t i = 0; i < d->attribute_count; i++)
		if (d->attributes[i].json) {
			members[n].name = d->attributes[i].attribute->name;
			members[n++].json = d->attributes[i].json;
		}
	return attributes_merge(a, "{}", members, n);
}

/* formats.md I3, for a form and the API too. */
static const char *joined_name(struct arena *a, const struct contact *c)
{
	const char *first = c->value[FIELD_FIRST_NAME];
	const char *last = c->value[FIELD_LAST_NAME];

	return arena_printf(
	    a, "%s%s%s", first, *first && *last ? " " : "", last);
}

static void fill_new(
    struct arena *a, const struct contact_draft *d, struct contact_result *out)
{
	struct contact *c = &out->contact;
	char now[32];

	memset(c, 0, sizeof(*c));
	for (int i = 0; i < FIELD_COUNT; i++)
		c->value[i] = str_or_empty(d->value[i]);
	c->created_at = c->updated_at = clock_now();
	c->version = 1;
	if (!*c->value[FIELD_NAME])
		c->value[FIELD_NAME] = joined_name(a, c);
	if (*c->value[FIELD_WHATSAPP_OPTED] &&
	    !*c->value[FIELD_WHATSAPP_OPTED_AT]) {
		clock_format(c->created_at, now);
		c->value[FIELD_WHATSAPP_OPTED_AT] = arena_strdup(a, now);
	}
	c->attributes = made_attributes(a, d);
	if (!c->attributes) {
		c->attributes = "{}";
		contact_message_add(
		    a, out, "attributes", "These are too many values.");
	}
}

static enum status write_new(struct db *db, void *arg, struct err *e)
{
	struct creation *w = arg;
	struct contact *c = w->contact;
	const struct suppression_gate gate = {
	    .value = c->value,
	    .opted_at = w->draft->value[FIELD_WHATSAPP_OPTED_AT],
	    .id = c->id,
	    .actor = w->actor,
	    .now = clock_now(),
	};
	enum status st =
	    contact_ask_suppression(db, w->arena, &gate, w->out, e);

	if (st == STATUS_OK)
		st = contact_store_insert(db, c, w->actor, e);
	if (st == STATUS_OK)
		st = tag_store_set(
		    db, c->id, w->draft->tags, w->draft->tag_count, e);
	if (st == STATUS_OK && w->draft->campaign_count)
		st = campaign_store_set(db, c->id, w->draft->campaigns,
		    w->draft->campaign_count, e);
	const struct consent_entry how = consent_ledger_by(w->actor);

	if (st == STATUS_OK)
		st = consent_ledger_opted(db, NULL, c, &how, e);
	if (st == STATUS_OK)
		st = audit_add(db, w->actor, "contact.create",
		    contact_subject_text(w->arena, c->id), "", e);
	return st;
}

enum status contact_create(struct db *db, struct arena *a,
    const struct actor *actor, struct contact_draft *d,
    struct contact_result *out, struct err *e)
{
	struct creation w = {a, actor, d, &out->contact, out};
	struct contact_rules rules;
	enum status st = setting_get(db, a, "book.country", &rules.country, e);

	memset(out, 0, sizeof(*out));
	if (st != STATUS_OK)
		return st;
	contact_check(a, &rules, d, NULL, out);
	fill_new(a, d, out);
	contact_check_keys(a, &out->contact, out);
	if (out->message_count)
		return STATUS_INVALID;
	st = contact_store_reserve(db, 1, &out->contact.id.n, e);
	if (st == STATUS_OK)
		st = db_transact(db, write_new, &w, e);
	if (st == STATUS_CONFLICT)
		return contact_taken(db, a, &out->contact, out, e);
	if (st != STATUS_OK)
		return st;
	out->changed = true;
	return contact_store_get(
	    db, a, out->contact.id, false, &out->contact, e);
}

/* --- what a revision keeps --- */

void contact_put_names(struct json_writer *w, const char *key,
    const char *const *names, size_t count)
{
	json_key(w, key);
	json_open(w, '[');
	for (size_t i = 0; i < count; i++)
		json_put_text(w, names[i]);
	json_close(w, ']');
}

enum status contact_revise(struct db *db, struct contact_revision *r,
    const struct contact *c, const struct actor *actor, const char *before,
    struct err *e)
{
	r->contact = c->id;
	r->version = c->version;
	r->at = clock_now();
	r->member = actor->member;
	r->token = actor->token;
	r->before = before;
	return contact_revision_insert(db, r, e);
}
