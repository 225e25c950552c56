/* stranger_opt.c: the preference of somebody who is not in the book */
/* SPDX-License-Identifier: MIT */
#include "domain/whatsapp/stranger_opt.h"

#include "domain/privacy/suppression.h"
#include "storage/audit_store.h"

static size_t values_of(
    const struct wa_person *p, struct suppression_value out[SUPPRESSION_VALUES])
{
	size_t n = 0;

	if (*p->phone)
		out[n++] =
		    (struct suppression_value){SUPPRESSION_PHONE, p->phone, 0};
	if (*p->alias)
		out[n++] =
		    (struct suppression_value){SUPPRESSION_PHONE, p->alias, 0};
	if (*p->wa_user_id)
		out[n++] = (struct suppression_value){
		    SUPPRESSION_WA_USER_ID, p->wa_user_id, 0};
	return n;
}

static enum status put_on_list(struct db *db, struct arena *a,
    const struct actor *actor, const struct suppression_value *values, size_t n,
    const struct suppression *found, int64_t at, struct err *e)
{
	bool all = found != NULL;

	for (size_t i = 0; i < n && all; i++)
		all = found[i].listed && found[i].at >= at;
	if (all)
		return STATUS_OK;
	enum status st = suppression_add(
	    db, a, values, n, SUPPRESSION_OPTED_OUT, at, "webhook", e);

	return st == STATUS_OK ? audit_add(db, actor, "suppression.add",
				     "suppression", "WhatsApp", e)
			       : st;
}

/* Only what the person said before: an erasure stays. */
static enum status take_off_list(struct db *db, const struct actor *actor,
    struct suppression *found, size_t n, int64_t at, struct err *e)
{
	uint64_t lifted = 0;
	size_t count = 0;

	for (size_t i = 0; found && i < n; i++)
		if (found[i].listed &&
		    found[i].reason == SUPPRESSION_OPTED_OUT &&
		    found[i].at < at)
			found[count++] = found[i];
	if (!count)
		return STATUS_OK;
	enum status st = suppression_lift(db, found, count, &lifted, e);

	return st == STATUS_OK && lifted
		   ? audit_add(db, actor, "suppression.lift", "suppression",
			 "WhatsApp", e)
		   : st;
}

enum status stranger_opt(struct db *db, struct arena *a,
    const struct actor *actor, const struct wa_person *person, bool wants,
    int64_t at, struct err *e)
{
	struct suppression_value values[SUPPRESSION_VALUES];
	struct suppression *found = NULL;
	size_t n = values_of(person, values);
	enum status st = suppression_hold(db, e);

	if (st == STATUS_OK)
		st = suppression_look(db, a, values, n, true, &found, e);
	if (st != STATUS_OK)
		return st;
	return wants ? take_off_list(db, actor, found, n, at, e)
		     : put_on_list(db, a, actor, values, n, found, at, e);
}

enum status stranger_look(struct db *db, struct arena *a,
    const struct contact *c, struct stranger_listed *out, struct err *e)
{
	struct suppression_value values[SUPPRESSION_VALUES];
	struct suppression *found;
	size_t n = suppression_values(c->value, 0, values);
	enum status st = suppression_look(db, a, values, n, false, &found, e);

	*out = (struct stranger_listed){.unknown = st == STATUS_DENIED};
	if (st != STATUS_OK)
		return st == STATUS_DENIED ? STATUS_OK : st;
	for (size_t i = 0; found && i < n; i++) {
		if (!found[i].listed)
			continue;
		int64_t *at = found[i].reason == SUPPRESSION_ERASED
				  ? &out->erased_at
				  : &out->opted_out_at;

		if (*at < found[i].at)
			*at = found[i].at;
	}
	return STATUS_OK;
}
