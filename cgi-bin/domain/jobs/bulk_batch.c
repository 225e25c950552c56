/* bulk_batch.c: one batch of a bulk job, in its transaction */
/* SPDX-License-Identifier: MIT */
/*
 * Contacts that match are looked up by id without locks, then locked. One that
 * has another version by then was changed in between and may not match any
 * more: the batch is done again. So each contact is changed only as long as it
 * matches, once, and the order by id makes an action safe that changes what
 * its own filter sees.
 */
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "domain/consent/consent_ledger.h"
#include "domain/jobs/bulk_plan.h"
#include "storage/bulk_store.h"
#include "storage/campaign_store.h"
#include "storage/contact_trash_store.h"
#include "storage/segment_store.h"
#include "storage/tag_store.h"

#define BEFORE_MAX (4u << 20)

struct bulk {
	struct job_batch *b;
	struct bulk_plan plan;
	struct batch_origin origin;
	struct bulk_ref *refs; /* locked */
	uint64_t *ids;	       /* of refs */
	size_t count;
	struct batch_revision *revisions;
	uint64_t *changed; /* ids */
	size_t changed_count;
	struct consent_entry *consents; /* of those whose consent changes */
	size_t consent_count;
	struct str text;
};

/* --- who --- */

/* Those of the chosen ids that are left to do, at most a batch. */
static struct bulk_ref *chosen(
    const struct bulk *x, const struct bulk_selection *s, size_t *count)
{
	const struct job *job = x->b->job;
	struct bulk_ref *refs =
	    arena_alloc(x->b->arena, (s->ids.count + 1) * sizeof(*refs));

	*count = 0;
	for (size_t i = 0; i < s->ids.count && *count < x->b->limit; i++)
		if (s->ids.items[i] > job->next_contact)
			refs[(*count)++].id = s->ids.items[i];
	return refs;
}

static enum status find(
    struct bulk *x, struct bulk_ref **refs, size_t *count, struct err *e)
{
	struct job_batch *b = x->b;
	struct bulk_selection s;
	enum status st =
	    bulk_selection_load(b->db, b->arena, b->job->filter, &s, e);

	if (st == STATUS_INVALID)
		b->failure = "The filter asks for something that the book does "
			     "not have any more.";
	if (st != STATUS_OK)
		return st;
	if (s.chosen)
		*refs = chosen(x, &s, count);
	else
		st = bulk_store_find(b->db, b->arena, &s.query,
		    b->job->next_contact, b->job->upto_contact, b->limit, refs,
		    count, e);
	if (st != STATUS_OK)
		return st;
	b->last = *count < b->limit;
	b->next_contact =
	    *count ? (*refs)[*count - 1].id : b->job->next_contact;
	return STATUS_OK;
}

/* BUSY when one of them is not as it was looked up. */
static enum status unmoved(const struct bulk *x, const struct bulk_ref *refs,
    size_t count, struct err *e)
{
	size_t k = 0;

	for (size_t i = 0; i < count; i++) {
		bool there = k < x->count && x->refs[k].id == refs[i].id;

		if (refs[i].version &&
		    (!there || x->refs[k].version != refs[i].version))
			return ERR(e, STATUS_BUSY, "contact %llu moved on",
			    (unsigned long long)refs[i].id);
		k += there;
	}
	return STATUS_OK;
}

static enum status lock(struct bulk *x, struct err *e)
{
	struct job_batch *b = x->b;
	struct bulk_ref *refs;
	size_t count;
	enum status st = find(x, &refs, &count, e);

	if (st != STATUS_OK)
		return st;
	x->ids = arena_raw(b->arena, (count + 1) * sizeof(*x->ids));
	for (size_t i = 0; i < count; i++)
		x->ids[i] = refs[i].id;
	st = bulk_store_lock(
	    b->db, b->arena, x->ids, count, &x->refs, &x->count, e);
	if (st == STATUS_OK)
		st = unmoved(x, refs, count, e);
	for (size_t i = 0; i < x->count; i++)
		x->ids[i] = x->refs[i].id;
	x->revisions =
	    arena_alloc(b->arena, (x->count + 1) * sizeof(*x->revisions));
	x->changed = arena_raw(b->arena, (x->count + 1) * sizeof(*x->changed));
	b->add.seen = x->count;
	return st;
}

/* --- what came of it --- */

static void add_revision(struct bulk *x, size_t i, const char *before)
{
	x->revisions[x->changed_count] = (struct batch_revision){
	    .contact = x->refs[i].id,
	    .version = x->refs[i].version,
	    .before = before,
	    .kind = REVISION_UPDATE,
	};
	x->changed[x->changed_count++] = x->refs[i].id;
}

static enum status write_revisions(struct bulk *x, struct err *e)
{
	struct job_batch *b = x->b;

	b->add.changed = x->changed_count;
	b->add.unchanged = b->add.seen - b->add.changed - b->add.kept;
	return x->changed_count
		   ? contact_batch_revisions(b->db, b->arena, x->revisions,
			 x->changed_count, &x->origin, b->now, e)
		   : STATUS_OK;
}

/* --- tags and segments --- */

/* All that the contact has, from *at on: a JSON array. */
static const char *names_before(struct bulk *x, const char *key,
    const struct bulk_names *names, const struct tag_pair *pairs, size_t n)
{
	struct json_writer w;

	str_reset(&x->text);
	json_writer_init(&w, &x->text);
	json_open(&w, '{');
	json_key(&w, key);
	json_open(&w, '[');
	for (size_t i = 0; i < n; i++)
		json_put_text(&w, names->names[pairs[i].tag]);
	json_close(&w, ']');
	json_close(&w, '}');
	return arena_strdup(x->b->arena, str_text(&x->text));
}

/* How many of the wanted ones a contact has. */
static size_t has_of(const struct bulk_names *names,
    const struct tag_pair *pairs, size_t n, const uint64_t *wanted,
    size_t wanted_count)
{
	size_t found = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < wanted_count; k++)
			found += names->ids[pairs[i].tag] == wanted[k];
	return found;
}

/* Those that have not all of the wanted ones, or (taking) that have some. */
static void choose(struct bulk *x, const char *key,
    const struct bulk_names *names, const uint64_t *wanted, size_t wanted_count,
    bool taking)
{
	size_t at = 0;

	for (size_t i = 0; i < x->count; i++) {
		const struct tag_pair *pairs = &names->pairs[at];
		size_t n = 0;

		while (at + n < names->pair_count &&
		       pairs[n].contact == x->refs[i].id)
			n++;
		at += n;
		size_t has = has_of(names, pairs, n, wanted, wanted_count);

		if (taking ? has > 0 : has < wanted_count)
			add_revision(
			    x, i, names_before(x, key, names, pairs, n));
	}
}

static enum status gone(
    struct bulk *x, const char *what, const char *name, struct err *e)
{
	x->b->failure = arena_printf(
	    x->b->arena, "There is no %s %s any more.", what, name);
	return ERR(e, STATUS_INVALID, "%s", x->b->failure);
}

static bool has_id(const uint64_t *ids, size_t n, uint64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (ids[i] == id)
			return true;
	return false;
}

/* Each once, also when two of the names are one to the book. */
static enum status find_tags(struct bulk *x, struct err *e)
{
	size_t n = 0;

	for (size_t i = 0; i < x->plan.tag_count; i++) {
		struct tag_id id;
		enum status st =
		    tag_store_find(x->b->db, "tag", x->plan.tags[i], &id, e);

		if (st == STATUS_NOT_FOUND)
			return gone(x, "tag", x->plan.tags[i], e);
		if (st != STATUS_OK)
			return st;
		if (!has_id(x->plan.tag_ids, n, id.n))
			x->plan.tag_ids[n++] = id.n;
	}
	x->plan.tag_count = n;
	return STATUS_OK;
}

static enum status give_tags(struct bulk *x, struct err *e)
{
	struct job_batch *b = x->b;
	size_t tags = x->plan.tag_count;
	struct tag_pair *pairs =
	    arena_raw(b->arena, x->changed_count * tags * sizeof(*pairs));
	size_t n = 0;

	for (size_t i = 0; i < x->changed_count; i++)
		for (size_t k = 0; k < tags; k++)
			pairs[n++] = (struct tag_pair){
			    x->changed[i], x->plan.tag_ids[k]};
	return contact_batch_add_tags(b->db, b->arena, pairs, n, e);
}

static enum status take_tags(struct bulk *x, struct err *e)
{
	enum status st = STATUS_OK;

	for (size_t i = 0; st == STATUS_OK && i < x->plan.tag_count; i++)
		st = bulk_store_untag(x->b->db, x->changed, x->changed_count,
		    x->plan.tag_ids[i], e);
	return st;
}

static enum status touch(struct bulk *x, struct err *e)
{
	return bulk_store_touch(
	    x->b->db, x->changed, x->changed_count, x->b->now, e);
}

static enum status do_tags(struct bulk *x, struct err *e)
{
	struct job_batch *b = x->b;
	bool taking = x->plan.action == BULK_REMOVE_TAGS;
	struct bulk_names names;
	enum status st = find_tags(x, e);

	if (st == STATUS_OK)
		st = bulk_store_tags(
		    b->db, b->arena, x->ids, x->count, &names, e);
	if (st != STATUS_OK)
		return st;
	choose(x, "_tags", &names, x->plan.tag_ids, x->plan.tag_count, taking);
	st = write_revisions(x, e);
	if (st == STATUS_OK && x->changed_count)
		st = taking ? take_tags(x, e) : give_tags(x, e);
	return st == STATUS_OK ? touch(x, e) : st;
}

static enum status do_segment(struct bulk *x, struct err *e)
{
	struct job_batch *b = x->b;
	bool taking = x->plan.action == BULK_REMOVE_FROM_SEGMENT;
	const struct import_id none = {0};
	struct segment_id id = {0};
	struct bulk_names names;
	enum status st = segment_store_find(b->db, x->plan.segment, &id, e);

	if (st == STATUS_NOT_FOUND)
		return gone(x, "segment", x->plan.segment, e);
	if (st == STATUS_OK)
		st = bulk_store_segments(
		    b->db, b->arena, x->ids, x->count, &names, e);
	if (st != STATUS_OK)
		return st;
	choose(x, "_segments", &names, &id.n, 1, taking);
	st = write_revisions(x, e);
	if (st == STATUS_OK && x->changed_count)
		st = taking ? bulk_store_leave(
				  b->db, x->changed, x->changed_count, id.n, e)
			    : contact_batch_add_segment(b->db, id.n, none,
				  x->changed, x->changed_count, e);
	return st == STATUS_OK ? touch(x, e) : st;
}

static enum status do_campaign(struct bulk *x, struct err *e)
{
	struct job_batch *b = x->b;
	bool taking = x->plan.action == BULK_REMOVE_FROM_CAMPAIGN;
	struct campaign_id id = {0};
	struct bulk_names names;
	enum status st = campaign_store_find(b->db, x->plan.campaign, &id, e);

	if (st == STATUS_NOT_FOUND)
		return gone(x, "campaign", x->plan.campaign, e);
	if (st == STATUS_OK)
		st = bulk_store_campaigns(
		    b->db, b->arena, x->ids, x->count, &names, e);
	if (st != STATUS_OK)
		return st;
	choose(x, "_campaigns", &names, &id.n, 1, taking);
	st = write_revisions(x, e);
	if (st == STATUS_OK && x->changed_count)
		st = taking ? bulk_store_leave_campaign(
				  b->db, x->changed, x->changed_count, id.n, e)
			    : campaign_store_give(
				  b->db, id, x->changed, x->changed_count, e);
	return st == STATUS_OK ? touch(x, e) : st;
}

/* --- values --- */

static enum status write_values(struct bulk *x, struct contact **rows,
    const struct job_kept *kept, struct err *e)
{
	struct job_batch *b = x->b;
	enum status st = write_revisions(x, e);

	if (st == STATUS_OK && x->changed_count)
		st = contact_batch_update(
		    b->db, b->arena, rows, x->changed_count, b->now, e);
	if (st == STATUS_OK)
		st = consent_ledger_store_add_many(
		    b->db, b->arena, x->consents, x->consent_count, e);
	return st == STATUS_OK ? job_store_keep(b->db, b->arena, b->job->id,
				     kept, b->add.kept, e)
			       : st;
}

static void add_consent(
    struct bulk *x, const struct contact *old, const struct contact *new)
{
	const struct job *job = x->b->job;
	const struct consent_entry how = {
	    .origin = ORIGIN_JOB,
	    .member = job->member,
	    .token = job->token,
	    .job = job->id,
	    .at = x->b->now,
	    .detail = "bulk change",
	};

	x->consent_count += consent_ledger_change(
	    old, new, &how, &x->consents[x->consent_count]);
}

static enum status do_values(struct bulk *x, struct err *e)
{
	struct job_batch *b = x->b;
	struct contact_set set;
	enum status st =
	    bulk_store_lock_rows(b->db, b->arena, x->ids, x->count, &set, e);
	struct job_kept *kept =
	    arena_alloc(b->arena, (x->count + 1) * sizeof(*kept));
	struct contact **rows =
	    arena_alloc(b->arena, (x->count + 1) * sizeof(*rows));

	x->consents =
	    arena_alloc(b->arena, (x->count + 1) * sizeof(*x->consents));
	for (size_t i = 0; st == STATUS_OK && i < set.count; i++) {
		struct bulk_result result;

		bulk_apply(b->arena, &x->plan, set.items[i], &x->text, &result);
		if (result.outcome == BULK_KEPT) {
			kept[b->add.kept] = result.kept;
			kept[b->add.kept++].contact = set.items[i]->id.n;
		} else if (result.outcome == BULK_CHANGED) {
			rows[x->changed_count] = set.items[i];
			add_revision(x, i, result.before);
			add_consent(x, set.items[i], &result.contact);
			*set.items[i] = result.contact;
			set.items[i]->version++;
		}
	}
	return st == STATUS_OK ? write_values(x, rows, kept, e) : st;
}

static enum status do_trash(struct bulk *x, struct err *e)
{
	struct job_batch *b = x->b;
	uint64_t changed = 0;
	enum status st = STATUS_OK;

	if (x->count)
		st = contact_batch_trash(b->db, b->arena, x->ids, x->count,
		    REVISION_TRASH, &x->origin, b->now, &changed, e);
	b->add.changed = changed;
	b->add.unchanged = b->add.seen - changed;
	return st;
}

static enum status act(struct bulk *x, struct err *e)
{
	switch (x->plan.action) {
	case BULK_ADD_TAGS:
	case BULK_REMOVE_TAGS:
		return do_tags(x, e);
	case BULK_SET:
		return do_values(x, e);
	case BULK_ADD_TO_SEGMENT:
	case BULK_REMOVE_FROM_SEGMENT:
		return do_segment(x, e);
	case BULK_ADD_TO_CAMPAIGN:
	case BULK_REMOVE_FROM_CAMPAIGN:
		return do_campaign(x, e);
	case BULK_TRASH:
		return do_trash(x, e);
	case BULK_ACTIONS:
		break;
	}
	return STATUS_FAILED;
}

enum status bulk_batch(struct job_batch *b, struct err *e)
{
	const struct job *job = b->job;
	struct bulk x = {
	    .b = b,
	    .origin = {.job = job->id,
		.actor = {.member = job->member, .token = job->token}},
	};
	char now[32];

	if (!bulk_plan_read(b->arena, job->action, job->arguments, &x.plan))
		return ERR(e, STATUS_FAILED, "the arguments are broken");
	clock_format(job->created_at, now);
	x.plan.now = now;
	str_init(&x.text, BEFORE_MAX);
	enum status st = bulk_plan_ask(b->db, b->arena, &x.plan, true, e);

	if (st == STATUS_OK)
		st = lock(&x, e);
	if (st == STATUS_OK)
		st = act(&x, e);
	str_release(&x.text);
	return st;
}
