/* bulk_apply.c: what setting values makes of one contact */
/* SPDX-License-Identifier: MIT */
#include "base/str.h"
#include "domain/contact/contact_message.h"
#include "domain/contact/contact_state.h"
#include "domain/import/row_key.h"
#include "domain/jobs/bulk_plan.h"

struct applying {
	struct arena *arena;
	const struct bulk_plan *plan;
	const struct contact *had;
	struct contact *new;
	struct json_writer w;
	bool changed;
};

static void keep(struct bulk_result *out, const char *field, const char *reason)
{
	out->outcome = BULK_KEPT;
	out->kept = (struct job_kept){0, field, reason};
}

/* The moment at which consent was learned, when nobody says it. */
static void set_moment(struct applying *x)
{
	const char *opted = x->new->value[FIELD_WHATSAPP_OPTED];

	if (x->plan->value[FIELD_WHATSAPP_OPTED_AT] ||
	    str_equal(opted, x->had->value[FIELD_WHATSAPP_OPTED]))
		return;
	x->new->value[FIELD_WHATSAPP_OPTED_AT] =
	    *opted ? str_or_empty(x->plan->now) : "";
}

static void apply_fields(struct applying *x)
{
	for (int i = 0; i < FIELD_COUNT; i++)
		if (x->plan->value[i])
			x->new->value[i] = x->plan->value[i];
	set_moment(x);
	for (int i = 0; i < FIELD_COUNT; i++) {
		if (str_equal(x->new->value[i], x->had->value[i]))
			continue;
		json_key(&x->w, contact_fields[i].key);
		contact_put_field(
		    &x->w, (enum contact_field)i, x->had->value[i]);
		x->changed = true;
	}
}

static bool apply_attributes(struct applying *x)
{
	struct attribute_member *members = NULL;
	const struct bulk_plan *p = x->plan;
	size_t count = 0;

	if (!p->attribute_count)
		return true;
	attributes_parse(x->arena, x->had->attributes, &members, &count);
	for (size_t i = 0; i < p->attribute_count; i++) {
		const char *name = p->attributes[i].name;
		const char *now = p->attributes[i].json;
		const char *old = attributes_get(members, count, name);

		if (old == now || (old && now && str_equal(old, now)))
			continue;
		json_key(&x->w, contact_attribute_key(x->arena, name));
		json_put_raw(&x->w, old ? old : "null");
		x->changed = true;
	}
	const char *text = attributes_merge(
	    x->arena, x->had->attributes, p->attributes, p->attribute_count);

	x->new->attributes = text;
	return text != NULL;
}

/* An opt-out is not overturned in passing. */
static bool is_overturned(const struct applying *x)
{
	return !x->plan->overturn &&
	       str_equal(x->had->value[FIELD_WHATSAPP_OPTED], "no") &&
	       !str_equal(x->new->value[FIELD_WHATSAPP_OPTED], "no");
}

/* The first key that the contact did not have and may not be given. */
static int refused_key(const struct applying *x)
{
	int f = 0;

	while (f < FIELD_COUNT &&
	       (!x->plan->refused[f] ||
		   str_equal(fold_email(x->arena, x->new->value[f]),
		       fold_email(x->arena, x->had->value[f]))))
		f++;
	return f;
}

static bool has_key(const struct contact *c)
{
	return *c->value[FIELD_PHONE] || *c->value[FIELD_WA_USER_ID] ||
	       *c->value[FIELD_EMAIL] || *c->value[FIELD_USER_ID];
}

void bulk_apply(struct arena *a, const struct bulk_plan *p,
    const struct contact *c, struct str *text, struct bulk_result *out)
{
	struct applying x = {.arena = a, .plan = p, .had = c};

	*out = (struct bulk_result){.contact = *c};
	x.new = &out->contact;
	str_reset(text);
	json_writer_init(&x.w, text);
	json_open(&x.w, '{');
	apply_fields(&x);
	bool fits = apply_attributes(&x);
	int refused = refused_key(&x);

	json_close(&x.w, '}');
	if (refused < FIELD_COUNT)
		keep(out, contact_fields[refused].key, p->refused[refused]);
	else if (!fits)
		keep(out, "attributes", "It would have too many values.");
	else if (is_overturned(&x))
		keep(out, contact_fields[FIELD_WHATSAPP_OPTED].key,
		    "This person opted out.");
	else if (!contact_state_allows(
		     c->value[FIELD_STATE], x.new->value[FIELD_STATE]))
		keep(out, contact_fields[FIELD_STATE].key,
		    contact_state_refusal(
			a, c->value[FIELD_STATE], x.new->value[FIELD_STATE]));
	else if (!has_key(x.new))
		keep(out, "",
		    "It would have no phone number, WhatsApp user id, e-mail "
		    "or user id left.");
	else if (x.changed)
		out->outcome = BULK_CHANGED;
	if (out->outcome == BULK_CHANGED)
		out->before = arena_strdup(a, str_text(text));
	else
		out->contact = *c;
}
