/* contact_change.c: an edit that began with a version */
/* SPDX-License-Identifier: MIT */
/*
 * Three values of each field are compared: what it was in the version that the
 * edit began with (found back from the revisions since), what it is now, and
 * what the edit wants. Only when both others and this edit changed it, and to
 * different values, somebody has to decide.
 */
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/attributes.h"
#include "domain/consent/consent_ledger.h"
#include "domain/contact/contact.h"
#include "domain/contact/contact_message.h"
#include "domain/contact/contact_rewind.h"
#include "domain/contact/contact_state.h"
#include "storage/audit_store.h"
#include "storage/campaign_store.h"
#include "storage/contact_store.h"
#include "storage/setting_store.h"
#include "storage/tag_store.h"

struct edit {
	struct arena *arena;
	const struct actor *actor;
	struct contact_id id;
	uint64_t version;
	struct contact_draft *draft;
	struct contact_result *out;
	struct contact_rules rules;
	/* within one attempt: */
	struct contact was;	      /* in the version it began with */
	struct contact new;	      /* what will be written */
	struct attribute_member *set; /* attributes to write */
	size_t set_count;
	struct str before; /* of the revision */
	struct json_writer w;
	struct str keys; /* of the audit entry */
	bool tags_changed;
	bool campaigns_changed;
};

/* --- the version it began with --- */

/* w->was, from the contact as it is now: newest change first. */
static enum status rewind_to(struct db *db, struct edit *w, struct err *e)
{
	struct contact_was was = {.contact = w->was};
	struct contact_revision *rows;
	size_t count;
	enum status st = contact_revision_since(
	    db, w->arena, w->id, w->version, &rows, &count, e);

	while (st == STATUS_OK && count--)
		if (!contact_rewind(w->arena, rows[count].before, &was))
			return ERR(e, STATUS_FAILED, "revision %llu is broken",
			    (unsigned long long)rows[count].id);
	w->was = was.contact;
	return st;
}

/* --- comparing --- */

static void add_conflict(struct edit *w, const char *field, const char *was,
    const char *now, const char *wanted)
{
	struct contact_result *out = w->out;
	struct contact_conflict *c = &out->conflicts[out->conflict_count++];

	c->field = field;
	c->label = contact_key_label(field);
	c->was = was;
	c->now = now;
	c->wanted = wanted;
}

static void note_change(struct edit *w, const char *key)
{
	str_printf(&w->keys, "%s%s", w->keys.len ? ", " : "", key);
}

static void edit_field(struct edit *w, enum contact_field f)
{
	const char *wanted = w->draft->value[f];
	const char *was = w->was.value[f];
	const char *now = w->out->contact.value[f];

	if (!wanted || str_equal(wanted, was) || str_equal(wanted, now))
		return;
	if (!str_equal(was, now)) {
		add_conflict(w, contact_fields[f].key, was, now, wanted);
		return;
	}
	w->new.value[f] = wanted;
}

/* The moment at which consent was learned, when nobody says it. */
static void edit_consent(struct edit *w)
{
	const char *opted = w->new.value[FIELD_WHATSAPP_OPTED];
	const char *at = w->out->contact.value[FIELD_WHATSAPP_OPTED_AT];
	char text[32] = "";

	if (str_equal(opted, w->out->contact.value[FIELD_WHATSAPP_OPTED]) ||
	    !str_equal(at, w->new.value[FIELD_WHATSAPP_OPTED_AT]))
		return;
	if (*opted)
		clock_format(w->new.updated_at, text);
	w->new.value[FIELD_WHATSAPP_OPTED_AT] = arena_strdup(w->arena, text);
}

/* Only what may follow the state that the chat is in now. */
static void edit_state(struct edit *w)
{
	const char *now = w->out->contact.value[FIELD_STATE];
	const char *new = w->new.value[FIELD_STATE];

	if (!contact_state_allows(now, new))
		contact_message_add(w->arena, w->out, "state",
		    contact_state_refusal(w->arena, now, new));
}

/* Nobody makes an opt-in of an opt-out without saying so. */
static void check_consent(struct edit *w)
{
	const struct contact *old = &w->out->contact;
	const char *at = w->new.value[FIELD_WHATSAPP_OPTED_AT];
	bool other = !str_equal(at, old->value[FIELD_WHATSAPP_OPTED_AT]);

	if (!consent_may_opt(old, w->new.value[FIELD_WHATSAPP_OPTED],
		other ? at : NULL, w->new.updated_at,
		w->draft->optin_confirmed))
		contact_message_add(w->arena, w->out,
		    contact_fields[FIELD_WHATSAPP_OPTED].key,
		    CONSENT_OPTED_OUT);
}

static void edit_fields(struct edit *w)
{
	for (int i = 0; i < FIELD_COUNT; i++)
		edit_field(w, (enum contact_field)i);
	check_consent(w);
	edit_consent(w);
	edit_state(w);
	for (int i = 0; i < FIELD_COUNT; i++) {
		const char *old = w->out->contact.value[i];

		if (str_equal(w->new.value[i], old))
			continue;
		json_key(&w->w, contact_fields[i].key);
		contact_put_field(&w->w, (enum contact_field)i, old);
		note_change(w, contact_fields[i].key);
	}
}

static bool same_json(const char *a, const char *b)
{
	return a == b || (a && b && str_equal(a, b));
}

static const char *shown(struct edit *w, const char *json)
{
	return json ? attributes_plain(w->arena, json) : "";
}

static void edit_attribute(struct edit *w, const struct draft_attribute *d,
    const char *was, const char *now)
{
	const char *name = d->attribute->name;
	const char *key = contact_attribute_key(w->arena, name);

	if (!d->text || same_json(d->json, was) || same_json(d->json, now))
		return;
	if (!same_json(was, now)) {
		add_conflict(w, key, shown(w, was), shown(w, now), d->text);
		return;
	}
	w->set[w->set_count].name = name;
	w->set[w->set_count++].json = d->json;
	json_key(&w->w, key);
	if (now)
		json_put_raw(&w->w, now);
	else
		json_put_null(&w->w);
	note_change(w, key);
}

static void edit_attributes(struct edit *w)
{
	struct attribute_member *was = NULL, *now = NULL;
	size_t was_count = 0, now_count = 0;

	attributes_parse(w->arena, w->was.attributes, &was, &was_count);
	attributes_parse(
	    w->arena, w->out->contact.attributes, &now, &now_count);
	for (size_t i = 0; i < w->draft->attribute_count; i++) {
		const struct draft_attribute *d = &w->draft->attributes[i];
		const char *name = d->attribute->name;

		edit_attribute(w, d, attributes_get(was, was_count, name),
		    attributes_get(now, now_count, name));
	}
	const char *text = attributes_merge(
	    w->arena, w->out->contact.attributes, w->set, w->set_count);

	if (text)
		w->new.attributes = text;
	else
		contact_message_add(w->arena, w->out, "attributes",
		    "These are too many values.");
}

static bool has_name(
    struct arena *a, const char *const *names, size_t count, const char *name)
{
	const char *folded = utf8_fold(a, name);

	for (size_t i = 0; i < count; i++)
		if (str_equal(folded, utf8_fold(a, names[i])))
			return true;
	return false;
}

/* Names that a contact has: tags or campaigns. */
struct held {
	const char **names;
	size_t count;
};

static bool holds(struct edit *w, const struct held *h, const char *name)
{
	return has_name(w->arena, h->names, h->count, name);
}

/* What others gave and took stands, and so does what this edit gives and
 * takes. True when that is not what the contact has now. */
static bool merge_names(struct edit *w, const struct held *was,
    const struct held *now, const struct held *wanted, struct held *out)
{
	bool changed = false;

	out->names = arena_alloc(
	    w->arena, (now->count + wanted->count + 1) * sizeof(*out->names));
	out->count = 0;
	for (size_t i = 0; i < now->count; i++)
		if (holds(w, wanted, now->names[i]) ||
		    !holds(w, was, now->names[i]))
			out->names[out->count++] = now->names[i];
		else
			changed = true;
	for (size_t i = 0; i < wanted->count; i++)
		if (!holds(w, was, wanted->names[i]) &&
		    !holds(w, out, wanted->names[i])) {
			out->names[out->count++] = wanted->names[i];
			changed = true;
		}
	return changed;
}

static void edit_tags(struct edit *w)
{
	const struct contact_draft *d = w->draft;
	const struct contact *now = &w->out->contact;
	const struct held had = {now->tags, now->tag_count};
	const struct held was = {w->was.tags, w->was.tag_count};
	const struct held wanted = {d->tags, d->tag_count};
	struct held new;

	if (!d->has_tags)
		return;
	w->tags_changed = merge_names(w, &was, &had, &wanted, &new);
	w->new.tags = new.names;
	w->new.tag_count = new.count;
	if (!w->tags_changed)
		return;
	contact_put_names(&w->w, "_tags", had.names, had.count);
	note_change(w, "tags");
}

static void edit_campaigns(struct edit *w)
{
	const struct contact_draft *d = w->draft;
	const struct contact *now = &w->out->contact;
	const struct held had = {now->campaigns, now->campaign_count};
	const struct held was = {w->was.campaigns, w->was.campaign_count};
	const struct held wanted = {d->campaigns, d->campaign_count};
	struct held new;

	if (!d->has_campaigns)
		return;
	w->campaigns_changed = merge_names(w, &was, &had, &wanted, &new);
	w->new.campaigns = new.names;
	w->new.campaign_count = new.count;
	if (!w->campaigns_changed)
		return;
	contact_put_names(&w->w, "_campaigns", had.names, had.count);
	note_change(w, "campaigns");
}

/* --- one attempt --- */

static void attempt_begin(struct edit *w)
{
	struct contact_result *out = w->out;

	memset(out, 0, sizeof(*out));
	out->conflicts =
	    arena_alloc(w->arena, (FIELD_COUNT + w->draft->attribute_count) *
				      sizeof(*out->conflicts));
	w->set = arena_alloc(
	    w->arena, (w->draft->attribute_count + 1) * sizeof(*w->set));
	w->set_count = 0;
	w->tags_changed = w->campaigns_changed = false;
	str_reset(&w->keys);
	str_reset(&w->before);
	json_writer_init(&w->w, &w->before);
	json_open(&w->w, '{');
}

/* A key that it is given can be one of somebody who is not to come back. */
static enum status ask_suppression(struct db *db, struct edit *w, struct err *e)
{
	const struct suppression_gate gate = {
	    .value = w->new.value,
	    .had = w->out->contact.value,
	    .opted_at = w->draft->value[FIELD_WHATSAPP_OPTED_AT],
	    .id = w->id,
	    .actor = w->actor,
	    .now = clock_now(),
	};

	return contact_ask_suppression(db, w->arena, &gate, w->out, e);
}

static enum status write_change(struct db *db, struct edit *w, struct err *e)
{
	struct contact_revision r = {.kind = REVISION_UPDATE};
	struct contact *old = &w->out->contact;
	const struct consent_entry how = consent_ledger_by(w->actor);

	json_close(&w->w, '}');
	enum status st = ask_suppression(db, w, e);

	if (st == STATUS_OK)
		st = contact_revise(
		    db, &r, old, w->actor, str_text(&w->before), e);
	if (st == STATUS_OK)
		st = contact_store_update(db, &w->new, e);
	if (st == STATUS_OK)
		st = consent_ledger_opted(db, old, &w->new, &how, e);
	if (st == STATUS_OK && w->tags_changed)
		st = tag_store_set(db, w->id, w->new.tags, w->new.tag_count, e);
	if (st == STATUS_OK && w->campaigns_changed)
		st = campaign_store_set(
		    db, w->id, w->new.campaigns, w->new.campaign_count, e);
	if (st == STATUS_OK)
		st = audit_add(db, w->actor, "contact.update",
		    contact_subject_text(w->arena, w->id), str_text(&w->keys),
		    e);
	w->out->changed = st == STATUS_OK;
	return st;
}

static enum status attempt(struct db *db, void *arg, struct err *e)
{
	struct edit *w = arg;
	struct contact_result *out = w->out;

	attempt_begin(w);
	enum status st =
	    contact_store_get(db, w->arena, w->id, true, &out->contact, e);

	if (st != STATUS_OK)
		return st;
	out->in_trash = out->contact.trashed_at != 0;
	if (out->in_trash)
		return ERR(e, STATUS_CONFLICT, "in the trash");
	if (w->draft->has_campaigns)
		st = campaign_store_of_contact(db, w->arena, w->id,
		    &out->contact.campaigns, &out->contact.campaign_count, e);
	if (st != STATUS_OK)
		return st;
	w->was = w->new = out->contact;
	w->new.updated_at = clock_now();
	if (!w->version || w->version > out->contact.version)
		contact_message_add(w->arena, out, "version",
		    "The contact has no such version.");
	else
		st = rewind_to(db, w, e);
	if (st != STATUS_OK)
		return st;
	contact_check(w->arena, &w->rules, w->draft, &w->was, out);
	if (out->message_count)
		return STATUS_INVALID;
	edit_fields(w);
	edit_attributes(w);
	edit_tags(w);
	edit_campaigns(w);
	out->merged = w->new;
	if (out->conflict_count)
		return ERR(e, STATUS_CONFLICT, "changed by others meanwhile");
	if (out->message_count)
		return STATUS_INVALID;
	if (!w->keys.len)
		return STATUS_OK;
	contact_check_keys(w->arena, &w->new, out);
	return out->message_count ? STATUS_INVALID : write_change(db, w, e);
}

enum status contact_change(struct db *db, struct arena *a,
    const struct actor *actor, struct contact_id id, uint64_t version,
    struct contact_draft *d, struct contact_result *out, struct err *e)
{
	struct edit w = {.arena = a,
	    .actor = actor,
	    .id = id,
	    .version = version,
	    .draft = d,
	    .out = out};
	enum status st =
	    setting_get(db, a, "book.country", &w.rules.country, e);

	if (st != STATUS_OK)
		return st;
	str_init(&w.before, 4 * ATTRIBUTES_MAX);
	str_init(&w.keys, 1 << 16);
	st = db_transact(db, attempt, &w, e);
	if (st == STATUS_CONFLICT && !out->conflict_count && !out->in_trash)
		st = contact_taken(db, a, &w.new, out, e);
	else if (st == STATUS_OK && out->changed)
		st = contact_store_get(db, a, id, false, &out->contact, e);
	str_release(&w.before);
	str_release(&w.keys);
	return st;
}
