/* payload.c: what outgoing webhooks are told, as JSON */
/* SPDX-License-Identifier: MIT */
#include "domain/hooks/payload.h"

#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/json.h"
#include "base/str.h"
#include "domain/attributes.h"
#include "domain/contact/contact_json.h"
#include "domain/import/import_json.h"
#include "storage/contact_store.h"

#define BODY_MAX (8u << 20) /* bytes */

/* --- the frame of a body --- */

struct body {
	struct str text;
	struct json_writer w;
};

static void put_time(struct json_writer *w, const char *key, int64_t ms)
{
	char text[32];

	clock_format(ms, text);
	json_pair_text(w, key, ms ? text : NULL);
}

static void body_begin(
    struct body *b, struct arena *a, const char *event, int64_t at)
{
	str_init(&b->text, BODY_MAX);
	json_writer_init(&b->w, &b->text);
	json_open(&b->w, '{');
	json_pair_text(&b->w, "id", crypto_uuid(a));
	json_pair_text(&b->w, "event", event);
	put_time(&b->w, "at", at);
	json_key(&b->w, "data");
}

static void body_end(struct body *b, struct arena *a, const char *event,
    uint64_t contact, struct payload *out)
{
	json_close(&b->w, '}');
	*out = (struct payload){.event = event,
	    .body = arena_strdup(a, str_text(&b->text)),
	    .contact = contact};
	str_release(&b->text);
}

/* --- who did it --- */

/* A word of the ledger's origins. */
static const char *origin_of(const struct hook_cause *c)
{
	if (c->opt_outs)
		return "opt_out_file";
	if (c->import.n)
		return "import";
	if (c->job.n)
		return "job";
	if (c->actor.token.n)
		return "api";
	return c->actor.member.n ? "page" : "webhook";
}

static void put_id(struct json_writer *w, const char *key, uint64_t id)
{
	json_key(w, key);
	if (id)
		json_put_int(w, (int64_t)id);
	else
		json_put_null(w);
}

static void put_by(struct json_writer *w, const struct hook_cause *c)
{
	json_key(w, "by");
	json_open(w, '{');
	json_pair_text(w, "origin", origin_of(c));
	put_id(w, "member", c->actor.member.n);
	put_id(w, "token", c->actor.token.n);
	put_id(w, "job", c->job.n);
	put_id(w, "import", c->import.n);
	json_close(w, '}');
}

/* --- imports --- */

enum status payload_import(struct db *db, struct arena *a,
    const struct hook_happening *h, struct payload *out, struct err *e)
{
	struct body b;

	body_begin(&b, a, "import.finished", h->at);
	enum status st = import_json_put(&b.w, db, a, h->cause.import, e);

	if (st == STATUS_OK)
		body_end(&b, a, "import.finished", 0, out);
	else
		str_release(&b.text);
	return st;
}

/* --- one contact --- */

static const char *kind_word(
    const struct hook_happening *h, const struct contact_revision *r)
{
	if (h->what == HOOK_CREATED)
		return "created";
	if (h->what == HOOK_DELETED)
		return "deleted";
	switch (r->kind) {
	case REVISION_TRASH:
		return "trashed";
	case REVISION_RESTORE:
		return "restored";
	case REVISION_MERGE:
		return "merged";
	case REVISION_DELETE:
	case REVISION_UPDATE:
		break;
	}
	return "updated";
}

/* The names of what changed: "_tags" is "tags" for others, "_trashed_at" and
 * the like are told by the kind. */
static void put_changed(
    struct json_writer *w, struct arena *a, const struct contact_revision *r)
{
	static const char *const lists[] = {"_tags", "_segments", "_campaigns"};
	struct attribute_member *members = NULL;
	size_t n = 0;

	json_key(w, "changed");
	json_open(w, '[');
	if (r)
		attributes_scan(a, r->before, &members, &n);
	for (size_t i = 0; i < n; i++) {
		const char *name = members[i].name;

		if (*name != '_')
			json_put_text(w, name);
		for (size_t k = 0; k < sizeof(lists) / sizeof(*lists); k++)
			if (str_equal(name, lists[k]))
				json_put_text(w, name + 1);
	}
	json_close(w, ']');
}

struct telling {
	struct db *db;
	struct arena *arena;
	const struct hook_happening *h;
	struct contact contact; /* as it is now */
	bool there;
	struct contact_revision *rows; /* the change, and those after it */
	size_t count;
};

static enum status put_contact(
    struct json_writer *w, struct telling *t, struct err *e)
{
	struct contact_segments *segments;

	json_key(w, "contact");
	if (!t->there) {
		json_put_null(w);
		return STATUS_OK;
	}
	enum status st = contact_list_store_segments(
	    t->db, t->arena, &t->contact, 1, &segments, e);

	if (st == STATUS_OK)
		contact_json_put(w, &t->contact, segments, clock_now());
	return st;
}

static enum status tell_changed(
    struct telling *t, struct payload *out, struct err *e)
{
	static const char event[] = "contact.changed";
	const struct hook_happening *h = t->h;
	const struct contact_revision *r = t->count ? &t->rows[0] : NULL;
	uint64_t version =
	    h->what == HOOK_DELETED ? h->version : h->version + 1;
	struct body b;

	body_begin(&b, t->arena, event, h->at);
	json_open(&b.w, '{');
	json_pair_int(&b.w, "contact_id", (int64_t)h->contact.n);
	json_pair_int(&b.w, "version", (int64_t)version);
	json_pair_text(&b.w, "kind", kind_word(h, r));
	put_changed(&b.w, t->arena, r);
	if (t->there)
		put_id(&b.w, "merged_into", t->contact.merged_into);
	put_by(&b.w, &h->cause);
	enum status st = put_contact(&b.w, t, e);

	json_close(&b.w, '}');
	if (st == STATUS_OK)
		body_end(&b, t->arena, event, t->there ? h->contact.n : 0, out);
	else
		str_release(&b.text);
	return st;
}

/* --- opt-outs --- */

static void put_opted_out(struct telling *t, const char *purpose,
    const char *origin, int64_t at, struct payload *out)
{
	static const char event[] = "contact.opted_out";
	const struct contact *c = &t->contact;
	struct body b;

	body_begin(&b, t->arena, event, t->h->at);
	json_open(&b.w, '{');
	json_pair_int(&b.w, "contact_id", (int64_t)c->id.n);
	json_pair_text(&b.w, "phone",
	    *c->value[FIELD_PHONE] ? c->value[FIELD_PHONE] : NULL);
	json_pair_text(&b.w, "wa_user_id",
	    *c->value[FIELD_WA_USER_ID] ? c->value[FIELD_WA_USER_ID] : NULL);
	json_pair_text(&b.w, "email",
	    *c->value[FIELD_EMAIL] ? c->value[FIELD_EMAIL] : NULL);
	json_pair_text(&b.w, "purpose", purpose);
	json_pair_text(&b.w, "origin", origin);
	put_time(&b.w, "at", at);
	put_by(&b.w, &t->h->cause);
	json_close(&b.w, '}');
	body_end(&b, t->arena, event, c->id.n, out);
}

/* Whether the change made a no of another consent: what it left is the old
 * value of the next change that has it, else what is there now. */
static bool made_it_no(const struct telling *t)
{
	const char *left = t->contact.value[FIELD_WHATSAPP_OPTED];
	struct json_t *before;

	if (t->h->what == HOOK_CHANGED &&
	    !contact_revision_of_consent(t->rows[0].before))
		return false;
	for (size_t i = t->h->what == HOOK_CHANGED ? 1 : 0; i < t->count; i++) {
		const char *text = t->rows[i].before;

		if (!contact_revision_of_consent(text))
			continue;
		if (json_parse(t->arena, text, strlen(text), &before, NULL) ==
		    STATUS_OK)
			left = str_or_empty(
			    json_get_text(before, "whatsapp_opted"));
		break;
	}
	return str_equal(left, "no");
}

static enum status tell_opted_out(
    struct telling *t, struct payload *out, struct err *e)
{
	const struct contact *c = &t->contact;
	const char *origin = origin_of(&t->h->cause);
	enum status st = STATUS_OK;
	int64_t at = 0;

	*out = (struct payload){0};
	if (!t->there || !made_it_no(t))
		return STATUS_OK;
	if (str_equal(c->value[FIELD_WHATSAPP_OPTED], "no"))
		clock_parse(c->value[FIELD_WHATSAPP_OPTED_AT], true, &at);
	if (!t->h->cause.import.n)
		st = hook_event_origin(t->db, t->arena, c->id, &origin, e);
	if (st != STATUS_OK && st != STATUS_NOT_FOUND)
		return st;
	put_opted_out(t, "whatsapp_marketing", origin, at ? at : t->h->at, out);
	return STATUS_OK;
}

static enum status telling_load(struct telling *t, struct err *e)
{
	const struct hook_happening *h = t->h;
	enum status st = contact_store_get(
	    t->db, t->arena, h->contact, false, &t->contact, e);

	t->there = st == STATUS_OK;
	if (st != STATUS_OK && st != STATUS_NOT_FOUND)
		return st;
	if (h->what == HOOK_DELETED)
		return STATUS_OK;
	st = contact_revision_since(
	    t->db, t->arena, h->contact, h->version, &t->rows, &t->count, e);
	if (st == STATUS_OK && h->what == HOOK_CHANGED &&
	    (!t->count || t->rows[0].version != h->version))
		return ERR(e, STATUS_NOT_FOUND, "the change is forgotten");
	if (st == STATUS_OK && h->what == HOOK_CREATED && !t->there)
		return ERR(e, STATUS_NOT_FOUND, "the contact is gone");
	return st;
}

enum status payload_contact(struct db *db, struct arena *a,
    const struct hook_happening *h, struct payload *changed,
    struct payload *opted_out, struct err *e)
{
	struct telling t = {.db = db, .arena = a, .h = h};
	enum status st = telling_load(&t, e);

	*opted_out = (struct payload){0};
	if (st == STATUS_OK && h->what != HOOK_DELETED)
		st = tell_opted_out(&t, opted_out, e);
	if (h->what == HOOK_CREATED)
		t.count = 0; /* later changes are told by themselves */
	if (h->what == HOOK_DELETED)
		t.there = false;
	return st == STATUS_OK ? tell_changed(&t, changed, e) : st;
}

enum status payload_opted_out(struct db *db, struct arena *a,
    const struct hook_happening *h, struct payload *out, struct err *e)
{
	struct telling t = {.db = db, .arena = a, .h = h, .there = true};
	enum status st =
	    contact_store_get(db, a, h->contact, false, &t.contact, e);

	if (st == STATUS_OK)
		put_opted_out(&t, h->purpose, h->origin, h->at, out);
	return st;
}

/* --- many --- */

void payload_contacts(struct arena *a, const struct hook_happening *h,
    const struct hook_item *items, size_t n, struct payload *out)
{
	static const char event[] = "contacts.changed";
	static const char *const kinds[HOOK_WHATS] = {
	    [HOOK_CREATED] = "created",
	    [HOOK_CHANGED] = "updated",
	    [HOOK_DELETED] = "deleted"};
	struct body b;

	body_begin(&b, a, event, h->at);
	json_open(&b.w, '{');
	json_pair_text(&b.w, "kind", kinds[h->what]);
	put_by(&b.w, &h->cause);
	json_pair_int(&b.w, "count", (int64_t)n);
	json_key(&b.w, "contacts");
	json_open(&b.w, '[');
	for (size_t i = 0; i < n; i++) {
		json_open(&b.w, '{');
		json_pair_int(&b.w, "id", (int64_t)items[i].contact);
		json_pair_int(&b.w, "version",
		    (int64_t)(items[i].version + (h->what != HOOK_DELETED)));
		json_close(&b.w, '}');
	}
	json_close(&b.w, ']');
	json_close(&b.w, '}');
	body_end(&b, a, event, 0, out);
}

void payload_opted_outs(struct arena *a, const struct hook_happening *h,
    const uint64_t *ids, size_t n, struct payload *out)
{
	static const char event[] = "contacts.opted_out";
	struct body b;

	body_begin(&b, a, event, h->at);
	json_open(&b.w, '{');
	json_pair_text(&b.w, "purpose",
	    str_empty(h->purpose) ? "whatsapp_marketing" : h->purpose);
	json_pair_text(&b.w, "origin",
	    str_empty(h->origin) ? origin_of(&h->cause) : h->origin);
	put_by(&b.w, &h->cause);
	json_pair_int(&b.w, "count", (int64_t)n);
	json_key(&b.w, "contact_ids");
	json_open(&b.w, '[');
	for (size_t i = 0; i < n; i++)
		json_put_int(&b.w, (int64_t)ids[i]);
	json_close(&b.w, ']');
	json_close(&b.w, '}');
	body_end(&b, a, event, 0, out);
}

void payload_ping(struct arena *a, struct hook_id hook, struct payload *out)
{
	struct body b;

	body_begin(&b, a, "ping", clock_now());
	json_open(&b.w, '{');
	json_pair_int(&b.w, "hook_id", (int64_t)hook.n);
	json_close(&b.w, '}');
	body_end(&b, a, "ping", 0, out);
}
