/* contact.c: making and deleting a contact */
/* SPDX-License-Identifier: MIT */
#include "domain/contact.h"

#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "domain/attributes.h"
#include "domain/contact_message.h"
#include "storage/audit_store.h"
#include "storage/contact_store.h"
#include "storage/segment_store.h"
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
		out->other = id;
		contact_message_add(
		    a, out, contact_fields[unique[i]].key, text[i]);
	}
	return STATUS_CONFLICT;
}

/* --- making --- */

struct creation {
	struct arena *arena;
	const struct actor *actor;
	const struct contact_draft *draft;
	struct contact *contact;
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
	enum status st = contact_store_insert(db, c, e);

	if (st == STATUS_OK)
		st = tag_store_set(
		    db, c->id, w->draft->tags, w->draft->tag_count, e);
	if (st == STATUS_OK)
		st = audit_add(db, w->actor, "contact.create",
		    contact_subject_text(w->arena, c->id), "", e);
	return st;
}

enum status contact_create(struct db *db, struct arena *a,
    const struct actor *actor, struct contact_draft *d,
    struct contact_result *out, struct err *e)
{
	struct creation w = {a, actor, d, &out->contact};
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

/* --- deleting --- */

struct removal {
	struct arena *arena;
	const struct actor *actor;
	struct contact_id id;
};

static void put_moment(struct json_writer *w, const char *key, int64_t ms)
{
	char text[32];

	if (!ms)
		return;
	clock_format(ms, text);
	json_pair_text(w, key, text);
}

static bool put_segments(struct db *db, struct arena *a, struct contact_id id,
    struct json_writer *w, enum status *st, struct err *e)
{
	struct segment *segments;
	size_t count;

	*st = segment_store_of_contact(db, a, id, &segments, &count, e);
	if (*st != STATUS_OK)
		return false;
	json_key(w, "_segments");
	json_open(w, '[');
	for (size_t i = 0; i < count; i++)
		json_put_text(w, segments[i].name);
	json_close(w, ']');
	return true;
}

void contact_put_tags(
    struct json_writer *w, const char *const *tags, size_t count)
{
	json_key(w, "_tags");
	json_open(w, '[');
	for (size_t i = 0; i < count; i++)
		json_put_text(w, tags[i]);
	json_close(w, ']');
}

static void put_all(
    struct json_writer *w, struct arena *a, const struct contact *c)
{
	struct attribute_member *members = NULL;
	size_t count = 0;

	for (int i = 0; i < FIELD_COUNT; i++) {
		if (!*c->value[i])
			continue;
		json_key(w, contact_fields[i].key);
		contact_put_field(w, (enum contact_field)i, c->value[i]);
	}
	attributes_parse(a, c->attributes, &members, &count);
	for (size_t i = 0; i < count; i++) {
		json_key(w, contact_attribute_key(a, members[i].name));
		json_put_raw(w, members[i].json);
	}
	contact_put_tags(w, c->tags, c->tag_count);
	put_moment(w, "_created_at", c->created_at);
	put_moment(w, "_last_active", c->last_active);
	if (c->created_by_import)
		json_pair_int(
		    w, "_created_by_import", (int64_t)c->created_by_import);
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

static enum status write_removal(struct db *db, void *arg, struct err *e)
{
	struct removal *r = arg;
	struct contact c;
	struct contact_revision revision = {.kind = REVISION_DELETE};
	struct json_writer w;
	struct str s;
	enum status st = contact_store_get(db, r->arena, r->id, true, &c, e);

	if (st != STATUS_OK)
		return st;
	str_init(&s, 4 * ATTRIBUTES_MAX);
	json_writer_init(&w, &s);
	json_open(&w, '{');
	put_all(&w, r->arena, &c);
	if (put_segments(db, r->arena, r->id, &w, &st, e)) {
		json_close(&w, '}');
		st = contact_revise(
		    db, &revision, &c, r->actor, str_text(&s), e);
	}
	str_release(&s);
	if (st == STATUS_OK)
		st = contact_store_delete(db, r->id, e);
	if (st == STATUS_OK)
		st = audit_add(db, r->actor, "contact.delete",
		    contact_subject_text(r->arena, r->id), c.value[FIELD_NAME],
		    e);
	return st;
}

enum status contact_remove(struct db *db, struct arena *a,
    const struct actor *actor, struct contact_id id, struct err *e)
{
	struct removal r = {a, actor, id};

	return db_transact(db, write_removal, &r, e);
}
