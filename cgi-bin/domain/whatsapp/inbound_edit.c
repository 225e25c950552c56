/* inbound_edit.c: one change of a contact by what WhatsApp tells */
/* SPDX-License-Identifier: MIT */
#include "domain/whatsapp/inbound_edit.h"

#include "base/clock.h"
#include "base/str.h"
#include "domain/contact/contact_message.h"
#include "storage/audit_store.h"
#include "storage/contact_store.h"

#define REVISION_CAP (64u << 10)

void edit_begin(struct edit *x, struct arena *a, const struct actor *actor,
    int64_t now, const struct contact *c)
{
	*x = (struct edit){.arena = a,
	    .actor = actor,
	    .now = now,
	    .keys = "",
	    .new = *c,
	    .old = *c,
	    .how = {.origin = ORIGIN_WEBHOOK}};
	str_init(&x->before, REVISION_CAP);
	json_writer_init(&x->w, &x->before);
	json_open(&x->w, '{');
}

void edit_set(struct edit *x, enum contact_field f, const char *value)
{
	if (str_equal(x->new.value[f], value))
		return;
	json_key(&x->w, contact_fields[f].key);
	contact_put_field(&x->w, f, x->old.value[f]);
	x->keys = arena_printf(x->arena, "%s%s%s", x->keys,
	    *x->keys ? ", " : "", contact_fields[f].key);
	x->new.value[f] = value;
	x->changed = true;
}

void edit_fill(struct edit *x, enum contact_field f, const char *value)
{
	if (!*x->new.value[f] && *value)
		edit_set(x, f, value);
}

enum status edit_key(struct edit *x, struct db *db, enum contact_field f,
    const char *value, bool *free_key, struct err *e)
{
	struct contact_id owner = {0};
	enum status st = contact_store_find(db, f, value, &owner, e);

	*free_key = st == STATUS_NOT_FOUND || owner.n == x->new.id.n;
	if (*free_key)
		edit_set(x, f, value);
	return st == STATUS_NOT_FOUND ? STATUS_OK : st;
}

bool edit_opt(struct edit *x, bool wants, int64_t at)
{
	const char *opted = x->new.value[FIELD_WHATSAPP_OPTED];
	int64_t known = 0;
	char text[32];

	clock_parse(x->new.value[FIELD_WHATSAPP_OPTED_AT], true, &known);
	if (*opted && (known > at || (known == at && wants)))
		return false;
	clock_format(at, text);
	edit_set(x, FIELD_WHATSAPP_OPTED, wants ? "yes" : "no");
	edit_set(x, FIELD_WHATSAPP_OPTED_AT, arena_strdup(x->arena, text));
	return true;
}

static enum status write_changes(struct edit *x, struct db *db, struct err *e)
{
	struct contact_revision r = {.kind = REVISION_UPDATE};
	enum status st;

	x->new.updated_at = x->now;
	st = contact_revise(db, &r, &x->old, x->actor, str_text(&x->before), e);
	if (st == STATUS_OK)
		st = contact_store_update(db, &x->new, e);
	if (st == STATUS_OK)
		st = consent_ledger_opted(db, &x->old, &x->new, &x->how, e);
	return st == STATUS_OK
		   ? audit_add(db, x->actor, "contact.update",
			 contact_subject_text(x->arena, x->new.id), x->keys, e)
		   : st;
}

enum status edit_end(struct edit *x, struct db *db, struct err *e)
{
	enum status st = STATUS_OK;

	json_close(&x->w, '}');
	if (x->changed)
		st = write_changes(x, db, e);
	edit_drop(x);
	return st;
}

enum status edit_insert(struct edit *x, struct db *db, struct err *e)
{
	enum status st = contact_store_insert(db, &x->new, x->actor, e);

	if (st == STATUS_OK)
		st = consent_ledger_opted(db, NULL, &x->new, &x->how, e);
	if (st == STATUS_OK)
		st = audit_add(db, x->actor, "contact.create",
		    contact_subject_text(x->arena, x->new.id), "WhatsApp", e);
	edit_drop(x);
	return st;
}

void edit_drop(struct edit *x)
{
	str_release(&x->before);
}
