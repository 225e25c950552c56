/* bulk.c: one change of all contacts that match: checked, shown, begun */
/* SPDX-License-Identifier: MIT */
#include "domain/jobs/bulk.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "domain/attribute_types.h"
#include "domain/catalog/catalog.h"
#include "domain/contact/contact_message.h"
#include "domain/filter/filter_shape.h"
#include "domain/jobs/bulk_looking.h"
#include "storage/audit_store.h"
#include "storage/bulk_store.h"
#include "storage/campaign_store.h"
#include "storage/contact_list_store.h"
#include "storage/segment_store.h"
#include "storage/setting_store.h"
#include "storage/tag_store.h"

#define MESSAGES_MAX 200
#define HOW_MAX 500u

void bulk_complain(struct bulk_looking *x, const char *field, const char *text)
{
	struct bulk_check *out = x->out;

	if (!out->messages)
		out->messages = arena_alloc(
		    x->arena, MESSAGES_MAX * sizeof(*out->messages));
	if (out->message_count == MESSAGES_MAX)
		return;
	out->messages[out->message_count].field = field;
	out->messages[out->message_count++].text = text;
}

/* --- whom it is about --- */

/* For these and nothing else. */
static bool asks_for_ids(const struct bulk_request *r)
{
	for (size_t i = 0; i < r->filter_count; i++)
		if (!str_equal(r->filter[i].name, "id"))
			return false;
	return r->filter_count != 0;
}

static void look_at_ids(struct bulk_looking *x)
{
	if (!bulk_read_ids(x->arena, x->request->filter,
		x->request->filter_count, &x->selection)) {
		bulk_complain(
		    x, "filter.id", "Give numbers of at most 1000 contacts.");
		return;
	}
	if (!x->selection.ids.count) {
		bulk_complain(x, "filter", "No contact is chosen.");
		return;
	}
	x->out->filter = arena_printf(
	    x->arena, "id=%s", contact_ids_text(x->arena, &x->selection.ids));
}

static enum status look_at_filter(struct bulk_looking *x)
{
	struct contact_filter f;
	enum status st = contact_filter_load(x->db, x->arena,
	    x->request->filter, x->request->filter_count, &f, x->err);

	if (st != STATUS_OK)
		return st;
	for (size_t i = 0; i < f.message_count; i++)
		bulk_complain(x,
		    arena_printf(x->arena, "filter.%s", f.messages[i].name),
		    f.messages[i].value);
	if (f.query.trash)
		bulk_complain(x, "filter",
		    "Contacts in the trash cannot be changed. Restore them "
		    "first.");
	else if (!f.message_count && !f.query.condition_count &&
		 !x->request->all)
		bulk_complain(x, "filter",
		    "There is no condition. If all contacts are meant, say so "
		    "with \"all\": true.");
	x->selection.query = f.query;
	x->out->filter = contact_filter_text(x->arena, &f);
	return STATUS_OK;
}

static enum status look_at_selection(struct bulk_looking *x)
{
	if (!asks_for_ids(x->request))
		return look_at_filter(x);
	look_at_ids(x);
	return STATUS_OK;
}

/* How many of those that are chosen by id are there. opted_out: only those who
 * are. */
static enum status count_ids(
    struct bulk_looking *x, bool opted_out, uint64_t *out)
{
	struct contact *rows;
	size_t n;
	enum status st = bulk_chosen_rows(x, &rows, &n);

	*out = 0;
	for (size_t i = 0; st == STATUS_OK && i < n; i++)
		*out += !opted_out ||
			str_equal(rows[i].value[FIELD_WHATSAPP_OPTED], "no");
	return st;
}

static enum status count_some(
    struct bulk_looking *x, bool opted_out, uint64_t *out)
{
	static const char *const no[] = {"no"};
	struct contact_query q = x->selection.query;
	struct contact_condition *c;

	if (x->selection.chosen)
		return count_ids(x, opted_out, out);
	q.cursor.kind = CURSOR_NONE;
	c = arena_alloc(x->arena, (q.condition_count + 1) * sizeof(*c));
	if (q.condition_count)
		memcpy(c, q.conditions, q.condition_count * sizeof(*c));
	if (opted_out) {
		c[q.condition_count].subject = SUBJECT_FIELD;
		c[q.condition_count].field = FIELD_WHATSAPP_OPTED;
		c[q.condition_count].values = no;
		c[q.condition_count++].value_count = 1;
	}
	q.conditions = c;
	return contact_list_store_total(x->db, &q, 0, out, x->err);
}

/* --- what is asked for --- */

static enum status look_at_tags(struct bulk_looking *x)
{
	const struct bulk_request *r = x->request;
	struct bulk_plan *p = &x->plan;
	enum status st = STATUS_OK;

	p->tags = r->tags;
	p->tag_count = r->tag_count;
	p->tag_ids =
	    arena_alloc(x->arena, (r->tag_count + 1) * sizeof(*p->tag_ids));
	if (!r->tag_count)
		bulk_complain(x, "tags", "Name at least one tag.");
	for (size_t i = 0; st == STATUS_OK && i < r->tag_count; i++) {
		struct catalog_problem problem = {"", ""};
		struct tag_id id = {0};

		if (catalog_check_tag(r->tags[i], &problem, NULL) !=
		    STATUS_OK) {
			bulk_complain(x, "tags", problem.text);
			continue;
		}
		st = tag_store_find(x->db, "tag", r->tags[i], &id, x->err);
		if (st == STATUS_NOT_FOUND) {
			st = STATUS_OK;
			if (p->action != BULK_ADD_TAGS || !r->make_tags)
				bulk_complain(x, "tags",
				    arena_printf(x->arena,
					"There is no tag %s: choose another, or let it be made.",
					r->tags[i]));
		}
		p->tag_ids[i] = id.n;
	}
	return st;
}

static enum status look_at_segment(struct bulk_looking *x)
{
	const char *name = str_or_empty(x->request->segment);
	struct catalog_problem problem = {"", ""};
	struct segment_id id = {0};

	x->plan.segment = name;
	if (catalog_check_name(name, &problem, NULL) != STATUS_OK) {
		bulk_complain(x, "segment", problem.text);
		return STATUS_OK;
	}
	enum status st = segment_store_find(x->db, name, &id, x->err);

	x->plan.segment_id = id.n;
	if (st != STATUS_NOT_FOUND)
		return st == STATUS_OK ? bulk_check_static(x) : st;
	if (x->plan.action == BULK_REMOVE_FROM_SEGMENT)
		bulk_complain(x, "segment", "There is no such segment.");
	return STATUS_OK;
}

static enum status look_at_campaign(struct bulk_looking *x)
{
	const char *name = str_or_empty(x->request->campaign);
	struct catalog_problem problem = {"", ""};
	struct campaign_id id;

	x->plan.campaign = name;
	if (catalog_check_campaign(name, &problem, NULL) != STATUS_OK) {
		bulk_complain(x, "campaign", problem.text);
		return STATUS_OK;
	}
	if (x->plan.action == BULK_ADD_TO_CAMPAIGN)
		return STATUS_OK;
	enum status st = campaign_store_find(x->db, name, &id, x->err);

	if (st != STATUS_NOT_FOUND)
		return st;
	bulk_complain(x, "campaign", "There is no such campaign.");
	return STATUS_OK;
}

static void look_at_attributes(struct bulk_looking *x)
{
	const struct contact_draft *d = &x->request->values;
	struct bulk_plan *p = &x->plan;

	p->attributes = arena_alloc(
	    x->arena, (d->attribute_count + 1) * sizeof(*p->attributes));
	for (size_t i = 0; i < d->attribute_count; i++) {
		struct attribute_member *m =
		    &p->attributes[p->attribute_count++];

		m->name = d->attributes[i].attribute->name;
		m->json = d->attributes[i].json;
	}
}

/* Two contacts never have the same of these. */
static bool is_key(int field)
{
	return field == FIELD_PHONE || field == FIELD_WA_USER_ID;
}

static enum status look_at_values(struct bulk_looking *x)
{
	struct contact_draft d = x->request->values;
	struct contact_result result = {.message_count = 0};
	struct contact_rules rules;
	bool some = d.attribute_count > 0;
	enum status st = setting_get(
	    x->db, x->arena, "book.country", &rules.country, x->err);

	if (st != STATUS_OK)
		return st;
	for (int i = 0; i < FIELD_COUNT; i++) {
		some |= d.value[i] != NULL;
		if (!d.value[i] || !is_key(i))
			continue;
		bulk_complain(x,
		    arena_printf(x->arena, "values.%s", contact_fields[i].key),
		    "Each contact has its own: this cannot be set in many.");
		d.value[i] = NULL;
	}
	if (!some)
		bulk_complain(
		    x, "values", "Name at least one field or attribute.");
	if (d.value[FIELD_STATE] && !*d.value[FIELD_STATE])
		bulk_complain(x, "values.state",
		    "A state is not taken away. Name the one that these chats "
		    "are to have.");
	contact_check(x->arena, &rules, &d, NULL, &result);
	for (size_t i = 0; i < result.message_count; i++)
		bulk_complain(x,
		    arena_printf(
			x->arena, "values.%s", result.messages[i].field),
		    result.messages[i].text);
	for (int i = 0; i < FIELD_COUNT; i++)
		x->plan.value[i] = d.value[i];
	x->plan.how = str_or_empty(x->request->how);
	if (utf8_length(x->plan.how) > HOW_MAX)
		bulk_complain(x, "how", "This has at most 500 characters.");
	x->plan.overturn = x->request->overturn > 0;
	look_at_attributes(x);
	st = bulk_plan_ask(x->db, x->arena, &x->plan, false, x->err);
	for (int i = 0; st == STATUS_OK && i < FIELD_COUNT; i++)
		if (x->plan.refused[i])
			bulk_complain(x,
			    arena_printf(
				x->arena, "values.%s", contact_fields[i].key),
			    x->plan.refused[i]);
	return st;
}

static enum status look_at_action(struct bulk_looking *x)
{
	if (!bulk_action_find(x->request->action, &x->plan.action)) {
		bulk_complain(x, "action",
		    "This is one of add_tags, remove_tags, set, "
		    "add_to_segment, remove_from_segment, add_to_campaign, "
		    "remove_from_campaign and trash.");
		return STATUS_OK;
	}
	switch (x->plan.action) {
	case BULK_ADD_TAGS:
	case BULK_REMOVE_TAGS:
		return look_at_tags(x);
	case BULK_SET:
		return look_at_values(x);
	case BULK_ADD_TO_SEGMENT:
	case BULK_REMOVE_FROM_SEGMENT:
		return look_at_segment(x);
	case BULK_ADD_TO_CAMPAIGN:
	case BULK_REMOVE_FROM_CAMPAIGN:
		return look_at_campaign(x);
	case BULK_TRASH:
	case BULK_ACTIONS:
		break;
	}
	return STATUS_OK;
}

/* --- counting --- */

/* Whether the change takes an opt-out away. */
static bool overturns(const struct bulk_plan *p)
{
	const char *opted = p->value[FIELD_WHATSAPP_OPTED];

	return p->action == BULK_SET && opted && !str_equal(opted, "no");
}

static enum status count(struct bulk_looking *x)
{
	enum status st = count_some(x, false, &x->out->matched);

	if (st == STATUS_OK && overturns(&x->plan))
		st = count_some(x, true, &x->out->opted_out);
	return st;
}

static const char *words_of(struct bulk_looking *x)
{
	const struct job job = {
	    .action = bulk_actions[x->plan.action],
	    .arguments = bulk_plan_write(x->arena, &x->plan),
	};

	return bulk_words(x->arena, &job);
}

static enum status answer(struct bulk_looking *x, enum status st)
{
	if (st == STATUS_OK && x->out->message_count)
		return ERR(x->err, STATUS_INVALID, "%s: %s",
		    x->out->messages[0].field, x->out->messages[0].text);
	return st;
}

static void begin(struct bulk_looking *x, struct bulk_check *out)
{
	memset(out, 0, sizeof(*out));
	out->filter = out->words = "";
	x->out = out;
}

enum status bulk_look_filter(struct db *db, struct arena *a,
    const struct bulk_request *r, struct bulk_check *out, struct err *e)
{
	struct bulk_looking x = {.db = db, .arena = a, .request = r, .err = e};

	begin(&x, out);
	enum status st = look_at_selection(&x);

	if (st == STATUS_OK && !out->message_count)
		st = count_some(&x, false, &out->matched);
	return answer(&x, st);
}

static enum status look(
    struct bulk_looking *x, bool examples, struct bulk_check *out)
{
	begin(x, out);
	enum status st = look_at_selection(x);

	if (st == STATUS_OK)
		st = look_at_action(x);
	if (st == STATUS_OK && !out->message_count)
		st = count(x);
	if (st == STATUS_OK && !out->message_count)
		out->words = words_of(x);
	if (st == STATUS_OK && !out->message_count && examples)
		st = bulk_fill_examples(x);
	return answer(x, st);
}

enum status bulk_look(struct db *db, struct arena *a,
    const struct bulk_request *r, bool examples, struct bulk_check *out,
    struct err *e)
{
	struct bulk_looking x = {.db = db, .arena = a, .request = r, .err = e};

	return look(&x, examples, out);
}

/* --- beginning --- */

struct beginning {
	struct bulk_looking *looking;
	const struct actor *actor;
	struct job_id id;
};

static enum status make_names(
    struct db *db, const struct bulk_plan *p, struct err *e)
{
	enum status st = STATUS_OK;

	for (size_t i = 0; st == STATUS_OK && i < p->tag_count; i++) {
		struct tag_id id;

		if (!p->tag_ids[i])
			st = tag_store_ensure(db, "tag", p->tags[i], &id, e);
	}
	if (st == STATUS_OK && p->action == BULK_ADD_TO_SEGMENT) {
		struct segment_id id;

		st = segment_store_ensure(db, p->segment, &id, e);
	}
	if (st == STATUS_OK && p->action == BULK_ADD_TO_CAMPAIGN) {
		struct campaign_id id;

		st = campaign_store_ensure(db, p->campaign, &id, e);
	}
	return st;
}

static enum status write_job(struct db *db, void *arg, struct err *e)
{
	struct beginning *b = arg;
	struct bulk_looking *x = b->looking;
	const struct bulk_request *r = x->request;
	struct job job = {
	    .kind = JOB_BULK,
	    .state = JOB_QUEUED,
	    .member = b->actor->member,
	    .token = b->actor->token,
	    .filter = x->out->filter,
	    .action = bulk_actions[x->plan.action],
	    .arguments = bulk_plan_write(x->arena, &x->plan),
	    .counts.matched = x->out->matched,
	};
	enum status st = make_names(db, &x->plan, e);

	if (st == STATUS_OK)
		st = bulk_store_highest(db, &job.upto_contact, e);
	if (st == STATUS_OK)
		st = job_store_insert(
		    db, &job, r->idempotency_key, r->request_hash, &b->id, e);
	if (st != STATUS_OK)
		return st;
	return audit_add(db, b->actor, "contacts.bulk",
	    job_subject(x->arena, b->id),
	    arena_printf(x->arena, "%s; contacts: %llu; filter: %s",
		bulk_shape(x->arena, &job),
		(unsigned long long)job.counts.matched,
		filter_shape(x->arena, job.filter)),
	    e);
}

/* The job of a key that was used before: OK for the same request. */
static enum status find_again(
    struct bulk_looking *x, const struct actor *actor, struct job_id *job)
{
	const struct bulk_request *r = x->request;
	const char *hash = "";

	if (!r->idempotency_key)
		return STATUS_NOT_FOUND;
	enum status st = job_store_by_key(x->db, x->arena, actor->token,
	    r->idempotency_key, job, &hash, x->err);

	if (st == STATUS_OK && !str_equal(hash, r->request_hash))
		return ERR(x->err, STATUS_CONFLICT, "the key is used");
	return st;
}

static void check_numbers(struct bulk_looking *x)
{
	uint64_t said = x->request->overturn;
	uint64_t are = x->out->opted_out;

	if (!x->out->matched)
		bulk_complain(x, "filter",
		    "No contact matches, so there is nothing to do.");
	else if (said && said != are)
		bulk_complain(x, "overturn_opt_outs",
		    arena_printf(x->arena,
			"%llu of these people opted out, not %llu. Confirm "
			"the number again.",
			(unsigned long long)are, (unsigned long long)said));
}

enum status bulk_start(struct db *db, struct arena *a,
    const struct actor *actor, const struct bulk_request *r,
    struct bulk_check *out, struct job_id *job, struct err *e)
{
	struct bulk_looking x = {.db = db, .arena = a, .request = r, .err = e};
	struct beginning b = {.looking = &x, .actor = actor};

	begin(&x, out);
	enum status st = find_again(&x, actor, job);

	if (st != STATUS_NOT_FOUND)
		return st;
	st = look(&x, false, out);
	if (st != STATUS_OK)
		return st;
	check_numbers(&x);
	st = answer(&x, STATUS_OK);
	if (st == STATUS_OK)
		st = db_transact(db, write_job, &b, e);
	/* Two requests with one key at the same time. */
	if (st == STATUS_CONFLICT && r->idempotency_key)
		return find_again(&x, actor, job);
	*job = b.id;
	return st;
}
