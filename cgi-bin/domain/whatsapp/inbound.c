/* inbound.c: what WhatsApp tells goes into the book */
/* SPDX-License-Identifier: MIT */
#include "domain/whatsapp/inbound.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/contact_message.h"
#include "domain/duplicates/contact_merge.h"
#include "domain/privacy/suppression.h"
#include "storage/audit_store.h"
#include "storage/contact_store.h"
#include "storage/contact_trash_store.h"
#include "storage/message_store.h"

#define REVISION_CAP (64u << 10)
#define TRIES 3

struct taking {
	struct arena *arena;
	const struct wa_event *event;
	struct actor actor;
	uint64_t first_id; /* reserved, for new contacts */
	uint64_t id_count;
	uint64_t used;
	bool short_of_ids;
	int64_t now;
};

/* --- who it is --- */

static enum status find(struct db *db, const struct wa_person *p,
    struct contact_id *out, struct err *e)
{
	enum status st = STATUS_NOT_FOUND;

	if (*p->phone)
		st = contact_store_find(db, FIELD_PHONE, p->phone, out, e);
	if (st == STATUS_NOT_FOUND && *p->wa_user_id)
		st = contact_store_find(
		    db, FIELD_WA_USER_ID, p->wa_user_id, out, e);
	return st;
}

static enum status restore(
    struct taking *t, struct db *db, struct contact *c, struct err *e)
{
	const struct batch_origin origin = {.actor = t->actor};
	uint64_t changed;
	enum status st = contact_batch_restore(db, t->arena, &c->id.n, 1,
	    REVISION_RESTORE, &origin, t->now, &changed, e);

	return st == STATUS_OK
		   ? contact_store_get(db, t->arena, c->id, true, c, e)
		   : st;
}

/* The contact, locked. One that was merged away is the other one; NOT_FOUND
 * for nobody. */
static enum status lock(struct taking *t, struct db *db,
    const struct wa_person *p, struct contact *out, struct err *e)
{
	struct contact_id id;
	enum status st = find(db, p, &id, e);

	if (st == STATUS_OK)
		st = contact_store_get(db, t->arena, id, true, out, e);
	if (st != STATUS_OK || !out->merged_into)
		return st;
	struct contact other;

	st = contact_merged_into(db, t->arena, out, &other, e);
	if (st == STATUS_NOT_FOUND)
		return STATUS_OK; /* nobody else: this one comes back */
	return st == STATUS_OK
		   ? contact_store_get(db, t->arena, other.id, true, out, e)
		   : st;
}

/* --- changes of a contact --- */

struct edit {
	struct taking *t;
	struct contact new;
	struct contact old;
	struct str before;
	struct json_writer w;
	bool changed;
};

static void edit_begin(
    struct edit *x, struct taking *t, const struct contact *c)
{
	*x = (struct edit){.t = t, .new = *c, .old = *c};
	str_init(&x->before, REVISION_CAP);
	json_writer_init(&x->w, &x->before);
	json_open(&x->w, '{');
}

static void edit_set(struct edit *x, enum contact_field f, const char *value)
{
	if (str_equal(x->new.value[f], value))
		return;
	json_key(&x->w, contact_fields[f].key);
	contact_put_field(&x->w, f, x->old.value[f]);
	x->new.value[f] = value;
	x->changed = true;
}

static void edit_fill(struct edit *x, enum contact_field f, const char *value)
{
	if (!*x->new.value[f] && *value)
		edit_set(x, f, value);
}

/* A unique key, if nobody else has it. */
static enum status edit_key(struct edit *x, struct db *db, enum contact_field f,
    const char *value, bool *free_key, struct err *e)
{
	struct contact_id owner = {0};
	enum status st = contact_store_find(db, f, value, &owner, e);

	*free_key = st == STATUS_NOT_FOUND || owner.n == x->new.id.n;
	if (*free_key)
		edit_set(x, f, value);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

static enum status edit_end(struct edit *x, struct db *db, struct err *e)
{
	struct contact_revision r = {.kind = REVISION_UPDATE};
	enum status st = STATUS_OK;

	json_close(&x->w, '}');
	if (x->changed) {
		x->new.updated_at = x->t->now;
		st = contact_revise(
		    db, &r, &x->old, &x->t->actor, str_text(&x->before), e);
		if (st == STATUS_OK)
			st = contact_store_update(db, &x->new, e);
	}
	str_release(&x->before);
	return st;
}

static const char *first_message(struct arena *a, const struct message *m)
{
	const char *p = m->text;
	const char *end = p + strlen(p);

	for (size_t n = contact_fields[FIELD_FIRST_MESSAGE].max_length;
	     n && p < end; n--)
		utf8_next(&p, end);
	char *text = arena_strndup(a, m->text, (size_t)(p - m->text));

	for (char *c = text; *c; c++)
		if ((unsigned char)*c < ' ')
			*c = ' ';
	return text;
}

static enum status fill_known(struct taking *t, struct db *db,
    const struct wa_item *item, const struct contact *c, bool first,
    struct err *e)
{
	const struct wa_person *p = &item->person;
	struct edit x;
	bool free_key;
	enum status st = STATUS_OK;

	edit_begin(&x, t, c);
	edit_fill(&x, FIELD_NAME, p->name);
	if (first)
		edit_fill(&x, FIELD_FIRST_MESSAGE,
		    first_message(t->arena, &item->message));
	if (*p->username)
		edit_set(&x, FIELD_USERNAME, p->username);
	if (*p->wa_user_id && !*c->value[FIELD_WA_USER_ID])
		st = edit_key(
		    &x, db, FIELD_WA_USER_ID, p->wa_user_id, &free_key, e);
	if (st == STATUS_OK && *p->phone && !*c->value[FIELD_PHONE])
		st = edit_key(&x, db, FIELD_PHONE, p->phone, &free_key, e);
	if (st != STATUS_OK) {
		str_release(&x.before);
		return st;
	}
	return edit_end(&x, db, e);
}

/* Who writes to us may come back; who had opted out stays so. The list stays as
 * it is: a message is no consent to be written to by files. */
static enum status keep_optout(
    struct taking *t, struct db *db, struct contact *c, struct err *e)
{
	struct suppression_value values[SUPPRESSION_VALUES];
	struct suppression *found;
	char at[32];
	size_t n = suppression_values(c->value, 0, values);
	enum status st =
	    suppression_look(db, t->arena, values, n, false, &found, e);

	/* Another secret key: nobody can tell, and the message has to be kept.
	 */
	if (st == STATUS_DENIED)
		return STATUS_OK;
	for (size_t i = 0; st == STATUS_OK && found && i < n; i++) {
		if (!found[i].listed ||
		    found[i].reason != SUPPRESSION_OPTED_OUT)
			continue;
		clock_format(found[i].at, at);
		c->value[FIELD_WHATSAPP_OPTED] = "no";
		c->value[FIELD_WHATSAPP_OPTED_AT] = arena_strdup(t->arena, at);
	}
	return st;
}

static enum status create(struct taking *t, struct db *db,
    const struct wa_item *item, struct contact *c, struct err *e)
{
	const struct wa_person *p = &item->person;

	if (t->used == t->id_count) {
		t->short_of_ids = true;
		return ERR(e, STATUS_CONFLICT, "more new people than ids");
	}
	*c = (struct contact){
	    .id.n = t->first_id + t->used++,
	    .attributes = "{}",
	    .created_at = t->now,
	    .updated_at = t->now,
	    .version = 1,
	};
	for (int i = 0; i < FIELD_COUNT; i++)
		c->value[i] = "";
	c->value[FIELD_PHONE] = p->phone;
	c->value[FIELD_WA_USER_ID] = p->wa_user_id;
	c->value[FIELD_USERNAME] = p->username;
	c->value[FIELD_NAME] = p->name;
	c->value[FIELD_SOURCE] = "ORGANIC";
	c->value[FIELD_FIRST_MESSAGE] = first_message(t->arena, &item->message);
	enum status st = keep_optout(t, db, c, e);

	if (st == STATUS_OK)
		st = contact_store_insert(db, c, e);
	if (st == STATUS_OK)
		st = audit_add(db, &t->actor, "contact.create",
		    contact_subject_text(t->arena, c->id), "WhatsApp", e);
	/* Somebody was quicker: seen when it is tried again. */
	return st == STATUS_CONFLICT ? STATUS_BUSY : st;
}

/* --- items --- */

static enum status keep_event(struct taking *t, struct db *db,
    const struct wa_item *item, const char *reason, struct err *e)
{
	const struct webhook_event v = {
	    .field = item->field,
	    .reason = reason,
	    .body = *item->body ? item->body : item->message.body,
	    .received_at = t->now,
	};

	return webhook_event_add(db, &v, e);
}

static enum status take_message(
    struct taking *t, struct db *db, const struct wa_item *item, struct err *e)
{
	struct message m = item->message;
	struct contact c;
	bool fresh = false;
	bool first = false;
	enum status st = lock(t, db, &item->person, &c, e);
	bool known = st == STATUS_OK;

	if (st == STATUS_NOT_FOUND)
		st = create(t, db, item, &c, e);
	m.contact = c.id;
	if (st == STATUS_OK)
		st = message_store_is_first(db, c.id, &first, e);
	if (st == STATUS_OK)
		st = message_store_add(db, &m, t->now, &fresh, e);
	if (st != STATUS_OK || !fresh)
		return st;
	if (known && c.trashed_at)
		st = restore(t, db, &c, e);
	if (st == STATUS_OK && known)
		st = fill_known(t, db, item, &c, first, e);
	return st == STATUS_OK ? contact_store_active(db, c.id, m.at, e) : st;
}

/* A message of the team that another program sent. */
static enum status take_echo(
    struct taking *t, struct db *db, const struct wa_item *item, struct err *e)
{
	struct message m = item->message;
	struct contact c;
	bool fresh;
	enum status st = lock(t, db, &item->person, &c, e);

	if (st == STATUS_NOT_FOUND)
		return keep_event(t, db, item,
		    "a message of the team to somebody who is not in the book",
		    e);
	m.contact = c.id;
	return st == STATUS_OK ? message_store_add(db, &m, t->now, &fresh, e)
			       : st;
}

static enum status take_preference(
    struct taking *t, struct db *db, const struct wa_item *item, struct err *e)
{
	int64_t at = item->message.at;
	int64_t known = 0;
	char text[32];
	struct contact c;
	struct edit x;
	enum status st = lock(t, db, &item->person, &c, e);

	if (st == STATUS_NOT_FOUND)
		return keep_event(t, db, item,
		    "a preference of somebody who is not in the book", e);
	if (st != STATUS_OK)
		return st;
	clock_parse(c.value[FIELD_WHATSAPP_OPTED_AT], true, &known);
	if (known >= at && *c.value[FIELD_WHATSAPP_OPTED])
		return STATUS_OK;
	clock_format(at, text);
	edit_begin(&x, t, &c);
	edit_set(&x, FIELD_WHATSAPP_OPTED, item->wants ? "yes" : "no");
	edit_set(&x, FIELD_WHATSAPP_OPTED_AT, arena_strdup(t->arena, text));
	st = edit_end(&x, db, e);
	if (st == STATUS_OK && item->wants)
		st = suppression_consented(db, t->arena, &c, at, &t->actor, e);
	return st == STATUS_DENIED ? STATUS_OK : st;
}

static enum status take_new_number(
    struct taking *t, struct db *db, const struct wa_item *item, struct err *e)
{
	bool free_phone = true;
	bool free_id = true;
	struct contact c;
	struct edit x;
	enum status st = lock(t, db, &item->person, &c, e);

	if (st == STATUS_NOT_FOUND)
		return keep_event(t, db, item,
		    "a new number of somebody who is not in the book", e);
	if (st != STATUS_OK)
		return st;
	edit_begin(&x, t, &c);
	if (*item->new_phone)
		st = edit_key(
		    &x, db, FIELD_PHONE, item->new_phone, &free_phone, e);
	if (st == STATUS_OK && *item->new_user_id)
		st = edit_key(
		    &x, db, FIELD_WA_USER_ID, item->new_user_id, &free_id, e);
	if (st != STATUS_OK) {
		str_release(&x.before);
		return st;
	}
	st = edit_end(&x, db, e);
	if (st == STATUS_OK && (!free_phone || !free_id))
		st = keep_event(
		    t, db, item, "a new number that another contact has", e);
	return st;
}

static enum status take_item(
    struct taking *t, struct db *db, const struct wa_item *item, struct err *e)
{
	switch (item->kind) {
	case WA_MESSAGE:
		return take_message(t, db, item, e);
	case WA_ECHO:
		return take_echo(t, db, item, e);
	case WA_STATUS:
		return message_store_status(db, item->message.wa_id,
		    item->message.status, item->message.at, e);
	case WA_PREFERENCE:
		return take_preference(t, db, item, e);
	case WA_NEW_NUMBER:
		return take_new_number(t, db, item, e);
	case WA_OTHER:
		return keep_event(t, db, item, item->reason, e);
	}
	return STATUS_OK;
}

static enum status take_all(struct db *db, void *arg, struct err *e)
{
	struct taking *t = arg;
	enum status st = STATUS_OK;

	t->used = 0;
	t->short_of_ids = false;
	for (size_t i = 0; st == STATUS_OK && i < t->event->count; i++)
		st = take_item(t, db, &t->event->items[i], e);
	return st;
}

/* Ids for the people who are not in the book; one who writes twice is counted
 * twice, and then an id is left over. */
static enum status reserve(struct taking *t, struct db *db, struct err *e)
{
	uint64_t n = 0;
	struct contact_id id;

	for (size_t i = 0; i < t->event->count; i++) {
		const struct wa_item *item = &t->event->items[i];

		if (item->kind != WA_MESSAGE)
			continue;
		enum status st = find(db, &item->person, &id, e);

		if (st != STATUS_OK && st != STATUS_NOT_FOUND)
			return st;
		n += st == STATUS_NOT_FOUND;
	}
	t->id_count = n;
	return n ? contact_store_reserve(db, n, &t->first_id, e) : STATUS_OK;
}

enum status inbound_take(struct db *db, struct arena *a, const char *address,
    const struct wa_event *event, struct err *e)
{
	struct taking t = {
	    .arena = a,
	    .event = event,
	    .actor = {.address = address},
	    .now = clock_now(),
	};
	enum status st = STATUS_OK;

	if (!event->count)
		return STATUS_OK;
	for (int i = 0; i < TRIES; i++) {
		st = reserve(&t, db, e);
		if (st == STATUS_OK)
			st = db_transact(db, take_all, &t, e);
		if (st != STATUS_CONFLICT || !t.short_of_ids)
			break;
	}
	return st;
}
