/* inbound.c: what WhatsApp tells goes into the book */
/* SPDX-License-Identifier: MIT */
#include "domain/whatsapp/inbound.h"

#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "domain/duplicates/contact_merge.h"
#include "domain/privacy/suppression.h"
#include "domain/whatsapp/event_value.h"
#include "domain/whatsapp/first_message.h"
#include "domain/whatsapp/inbound_edit.h"
#include "domain/whatsapp/stop_words.h"
#include "domain/whatsapp/stranger_opt.h"
#include "storage/contact_store.h"
#include "storage/contact_trash_store.h"
#include "storage/message_store.h"
#include "storage/setting_store.h"

#define TRIES 4

struct taking {
	struct arena *arena;
	const struct wa_event *event;
	struct actor actor;
	uint64_t first_id; /* reserved, for new contacts */
	uint64_t id_count;
	uint64_t used;
	bool short_of_ids;
	int64_t now;
	struct contact_id own; /* see lock() */
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
	if (st == STATUS_NOT_FOUND && *p->alias)
		st = contact_store_find(db, FIELD_PHONE, p->alias, out, e);
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

/* The contact, locked. One that was merged away is the other one, but t->own
 * still says who it was: what that number writes goes with it in an unmerge.
 * NOT_FOUND for nobody. */
static enum status lock(struct taking *t, struct db *db,
    const struct wa_person *p, struct contact *out, struct err *e)
{
	struct contact_id id = {0};
	enum status st = find(db, p, &id, e);

	t->own = id;
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

/* --- what is heard of a contact --- */

static enum status learn_keys(
    struct edit *x, struct db *db, const struct wa_person *p, struct err *e)
{
	const struct contact *c = &x->old;
	enum status st = STATUS_OK;
	bool free_key;

	if (*p->wa_user_id && !*c->value[FIELD_WA_USER_ID])
		st = edit_key(
		    x, db, FIELD_WA_USER_ID, p->wa_user_id, &free_key, e);
	if (st == STATUS_OK && *p->phone && !*c->value[FIELD_PHONE])
		st = edit_key(x, db, FIELD_PHONE, p->phone, &free_key, e);
	return st;
}

/* What WhatsApp shows of the person, where the book has nothing. */
static enum status learn(
    struct edit *x, struct db *db, const struct wa_person *p, struct err *e)
{
	edit_fill(x, FIELD_NAME, p->name);
	if (*p->username)
		edit_set(x, FIELD_USERNAME, p->username);
	return learn_keys(x, db, p, e);
}

static enum status give_first_message(struct taking *t, struct edit *x,
    struct db *db, const struct message *m, struct err *e)
{
	const char *given;
	enum status st = first_message_of(db, t->arena, m->text, &given, e);

	if (st == STATUS_OK)
		edit_fill(x, FIELD_FIRST_MESSAGE,
		    event_field(t->arena, given, FIELD_FIRST_MESSAGE));
	return st;
}

/* Whoever writes asks for an answer, unless one is under way; a message that
 * comes late asked before what there is now. */
static void ask_for_answer(struct edit *x, const struct message *m)
{
	const char *state = x->old.value[FIELD_STATE];

	if ((!*state || str_equal(state, "closed")) &&
	    m->at >= x->old.last_active)
		edit_set(x, FIELD_STATE, "requesting");
}

/* Types of messages that a person writes, or taps, in words. */
static bool is_said(const struct message *m)
{
	return str_equal(m->type, "text") || str_equal(m->type, "button") ||
	       str_equal(m->type, "interactive");
}

/* A message that is nothing but STOP, or START, in some language. */
static enum status heed_words(struct taking *t, struct edit *x, struct db *db,
    const struct message *m, bool *consented, struct err *e)
{
	const char *own = "";
	enum status st = STATUS_OK;

	if (!is_said(m) || strlen(m->text) > STOP_MESSAGE_MAX)
		return STATUS_OK;
	st = setting_get(db, t->arena, "consent.stop_words", &own, e);
	if (st != STATUS_OK)
		return st;
	enum stop_word word = stop_word_of(t->arena, m->text, own);
	bool start = word == STOP_WORD_START;

	if (word == STOP_WORD_NONE || !edit_opt(x, start, m->at))
		return STATUS_OK;
	x->how = (struct consent_entry){.origin = ORIGIN_MESSAGE,
	    .basis = start ? BASIS_CONSENT : BASIS_NONE,
	    .words = m->text,
	    .message = m->wa_id};
	*consented = start;
	return STATUS_OK;
}

/* Who writes to us may come back; who had opted out stays so. The list stays as
 * it is: a message is no consent to be written to by files. */
static void keep_optout(struct edit *x, const struct stranger_listed *listed)
{
	if (listed->opted_out_at && edit_opt(x, false, listed->opted_out_at))
		x->how.detail = "Had opted out before";
}

/* A contact that is not in the book yet. */
static enum status prepare(struct taking *t, const struct wa_person *p,
    struct contact *c, struct err *e)
{
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
	return STATUS_OK;
}

static enum status insert(struct edit *x, struct db *db, struct err *e)
{
	enum status st = edit_insert(x, db, e);

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

/* What a message changes of its contact, all in one. */
static enum status hear(struct taking *t, struct edit *x, struct db *db,
    const struct wa_item *item, bool first, bool *consented, struct err *e)
{
	const struct message *m = &item->message;
	enum status st = learn(x, db, &item->person, e);

	if (st == STATUS_OK && first)
		st = give_first_message(t, x, db, m, e);
	if (st != STATUS_OK)
		return st;
	ask_for_answer(x, m);
	return heed_words(t, x, db, m, consented, e);
}

/* A new consent, by the person's own words, also ends the word of a list. */
static enum status lift(struct taking *t, struct db *db,
    const struct contact *c, int64_t at, struct err *e)
{
	enum status st =
	    suppression_consented(db, t->arena, c, at, &t->actor, e);

	return st == STATUS_DENIED ? STATUS_OK : st;
}

/* The contact's rows, and what comes of them; listed: of a new contact, NULL
 * for one that is known. */
static enum status take_words(struct taking *t, struct db *db,
    const struct wa_item *item, const struct contact *c,
    const struct stranger_listed *listed, bool first, struct err *e)
{
	bool consented = false;
	struct edit x;

	edit_begin(&x, t->arena, &t->actor, t->now, c);
	if (listed)
		keep_optout(&x, listed);
	enum status st = hear(t, &x, db, item, first, &consented, e);
	if (st != STATUS_OK) {
		edit_drop(&x);
		return st;
	}
	st = listed ? insert(&x, db, e) : edit_end(&x, db, e);
	if (st == STATUS_OK && consented)
		st = lift(t, db, &x.new, item->message.at, e);
	return st;
}

/* Nobody was active at a time that is still to come. */
static enum status set_active(const struct taking *t, struct db *db,
    struct contact_id id, int64_t at, struct err *e)
{
	return contact_store_active(db, id, at < t->now ? at : t->now, e);
}

/* Once for the person, however many contacts that was before. */
static enum status add_message(struct taking *t, struct db *db,
    const struct contact *c, struct message *m, bool *fresh, struct err *e)
{
	bool known = false;
	enum status st = message_store_is_known(db, c->id, m->wa_id, &known, e);

	*fresh = false;
	m->contact = t->own;
	return st == STATUS_OK && !known
		   ? message_store_add(db, m, t->now, fresh, e)
		   : st;
}

/* A message that is there already: only the person's keys can be news. */
static enum status take_again(struct taking *t, struct db *db,
    const struct wa_item *item, const struct contact *c, struct err *e)
{
	struct edit x;

	if (c->trashed_at)
		return STATUS_OK;
	edit_begin(&x, t->arena, &t->actor, t->now, c);
	enum status st = learn_keys(&x, db, &item->person, e);

	if (st == STATUS_OK)
		return edit_end(&x, db, e);
	edit_drop(&x);
	return st;
}

static enum status take_known(struct taking *t, struct db *db,
    const struct wa_item *item, struct contact *c, struct err *e)
{
	struct message m = item->message;
	bool fresh = false;
	bool first = false;
	enum status st = STATUS_OK;

	if (!*c->value[FIELD_FIRST_MESSAGE])
		st = message_store_is_first(db, c->id, &first, e);
	if (st == STATUS_OK)
		st = add_message(t, db, c, &m, &fresh, e);
	if (st != STATUS_OK)
		return st;
	if (!fresh)
		return take_again(t, db, item, c, e);
	if (c->trashed_at)
		st = restore(t, db, c, e);
	if (st == STATUS_OK)
		st = take_words(t, db, item, c, NULL, first, e);
	return st == STATUS_OK ? set_active(t, db, c->id, m.at, e) : st;
}

/* WhatsApp sends again for days what was not answered: nothing that was written
 * before an erasure brings the person back. */
static bool is_before_erasure(
    const struct message *m, const struct stranger_listed *listed)
{
	return m->at / 1000 < listed->erased_at / 1000;
}

static enum status take_message(
    struct taking *t, struct db *db, const struct wa_item *item, struct err *e)
{
	struct message m = item->message;
	struct stranger_listed listed;
	struct contact c;
	bool fresh;
	enum status st = lock(t, db, &item->person, &c, e);

	if (st == STATUS_OK)
		return take_known(t, db, item, &c, e);
	if (st != STATUS_NOT_FOUND)
		return st;
	st = prepare(t, &item->person, &c, e);
	if (st == STATUS_OK)
		st = stranger_look(db, t->arena, &c, &listed, e);
	if (st != STATUS_OK || is_before_erasure(&m, &listed))
		return st;
	st = take_words(t, db, item, &c, &listed, true, e);
	m.contact = c.id;
	if (st == STATUS_OK)
		st = message_store_add(db, &m, t->now, &fresh, e);
	return st == STATUS_OK ? set_active(t, db, c.id, m.at, e) : st;
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
	return st == STATUS_OK ? add_message(t, db, &c, &m, &fresh, e) : st;
}

static enum status take_choice(struct taking *t, struct db *db,
    const struct wa_item *item, const struct contact *c, struct err *e)
{
	int64_t at = item->message.at;
	struct edit x;

	edit_begin(&x, t->arena, &t->actor, t->now, c);
	x.how.words = item->detail;
	x.how.basis = item->wants ? BASIS_CONSENT : BASIS_NONE;
	bool newer = edit_opt(&x, item->wants, at);
	enum status st = edit_end(&x, db, e);

	return st == STATUS_OK && newer && item->wants ? lift(t, db, c, at, e)
						       : st;
}

static enum status take_preference(
    struct taking *t, struct db *db, const struct wa_item *item, struct err *e)
{
	int64_t at = item->message.at;
	struct contact c;
	enum status st = lock(t, db, &item->person, &c, e);

	if (st == STATUS_NOT_FOUND)
		st = stranger_opt(
		    db, t->arena, &t->actor, &item->person, item->wants, at, e);
	else if (st == STATUS_OK)
		return take_choice(t, db, item, &c, e);
	return st == STATUS_DENIED
		   ? keep_event(t, db, item,
			 "a preference of somebody who is not in the book", e)
		   : st;
}

/* Somebody who is not in the book has written to the team before, or WhatsApp
 * would not tell: they come into the book with the new number, unless they are
 * on a list of people who are not to. */
static enum status take_stranger(
    struct taking *t, struct db *db, const struct wa_item *item, struct err *e)
{
	struct stranger_listed listed;
	struct message m = item->message;
	struct wa_person p = item->person;
	struct contact c;
	struct edit x;
	bool fresh;

	if (*item->new_phone)
		p.phone = item->new_phone;
	if (*item->new_user_id)
		p.wa_user_id = item->new_user_id;
	enum status st = lock(t, db, &p, &c, e);

	if (st != STATUS_NOT_FOUND)
		return st; /* known by the new number already */
	st = prepare(t, &p, &c, e);
	if (st != STATUS_OK)
		return st;
	st = stranger_look(db, t->arena, &c, &listed, e);
	if (st != STATUS_OK || listed.unknown || listed.erased_at ||
	    listed.opted_out_at)
		return st;
	edit_begin(&x, t->arena, &t->actor, t->now, &c);
	st = insert(&x, db, e);
	m.contact = c.id;
	return st == STATUS_OK ? message_store_add(db, &m, t->now, &fresh, e)
			       : st;
}

/* Moves the contact to its new number, if nobody has that. */
static enum status move_contact(struct taking *t, struct db *db,
    const struct wa_item *item, const struct contact *c, bool *moved,
    struct err *e)
{
	bool free_phone = true;
	bool free_id = true;
	struct edit x;
	enum status st = STATUS_OK;

	edit_begin(&x, t->arena, &t->actor, t->now, c);
	if (*item->new_phone)
		st = edit_key(
		    &x, db, FIELD_PHONE, item->new_phone, &free_phone, e);
	if (st == STATUS_OK && *item->new_user_id)
		st = edit_key(
		    &x, db, FIELD_WA_USER_ID, item->new_user_id, &free_id, e);
	else if (*item->new_phone && free_phone)
		/* A user id lives as long as its number; the new one comes
		 * with the next message. */
		edit_set(&x, FIELD_WA_USER_ID, "");
	*moved = free_phone && free_id;
	if (st == STATUS_OK)
		return edit_end(&x, db, e);
	edit_drop(&x);
	return st;
}

static enum status take_new_number(
    struct taking *t, struct db *db, const struct wa_item *item, struct err *e)
{
	struct message m = item->message;
	bool fresh = false;
	bool moved = true;
	struct contact c;
	enum status st = lock(t, db, &item->person, &c, e);

	if (st == STATUS_NOT_FOUND)
		return take_stranger(t, db, item, e);
	if (st == STATUS_OK)
		st = add_message(t, db, &c, &m, &fresh, e);
	if (st != STATUS_OK || !fresh)
		return st;
	st = move_contact(t, db, item, &c, &moved, e);
	if (st == STATUS_OK && !moved)
		st = keep_event(
		    t, db, item, "a new number that another contact has", e);
	return st;
}

/* The same person by another user id; nothing is kept of it but the id. Who had
 * the old id is meant, and only then who has the number. */
static enum status take_new_user_id(
    struct taking *t, struct db *db, const struct wa_item *item, struct err *e)
{
	struct wa_person person = item->person;
	bool moved = true;
	struct contact c;

	person.phone = "";
	person.alias = "";
	enum status st = lock(t, db, &person, &c, e);

	if (st == STATUS_NOT_FOUND)
		st = lock(t, db, &item->person, &c, e);
	if (st == STATUS_NOT_FOUND) /* it has come by a message before */
		st = contact_store_find(
		    db, FIELD_WA_USER_ID, item->new_user_id, &c.id, e);
	else if (st == STATUS_OK)
		st = move_contact(t, db, item, &c, &moved, e);
	if (st == STATUS_OK && moved)
		return STATUS_OK;
	return st == STATUS_OK || st == STATUS_NOT_FOUND
		   ? keep_event(t, db, item,
			 moved ? "a new id of somebody who is not in the book"
			       : "a new id that another contact has",
			 e)
		   : st;
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
	case WA_NEW_USER_ID:
		return take_new_user_id(t, db, item, e);
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

		if (item->kind != WA_MESSAGE && item->kind != WA_NEW_NUMBER)
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
		/* Most events are of people who are there: ids are reserved
		 * only once they turn out to be needed. */
		if (i)
			st = reserve(&t, db, e);
		if (st == STATUS_OK)
			st = db_transact(db, take_all, &t, e);
		if (st != STATUS_CONFLICT || !t.short_of_ids)
			break;
	}
	return st;
}
