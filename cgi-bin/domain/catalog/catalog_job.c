/* catalog_job.c: contacts follow a renamed, merged or deleted tag */
/* SPDX-License-Identifier: MIT */
#include "domain/catalog/catalog_job.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/str.h"
#include "domain/attributes.h"
#include "domain/contact/contact_message.h"
#include "storage/catalog_job_store.h"
#include "storage/contact_batch_store.h"
#include "storage/tag_store.h"

/* One batch, in its transaction. */
struct batch {
	struct arena *arena; /* of the attempt */
	struct db *db;
	struct err *err;
	struct catalog_job job;
	struct catalog_contact *contacts;
	size_t count;
	struct batch_revision *revisions;
	size_t revision_count;
	struct str text; /* of one revision */
	struct tag *tags;
	size_t tag_count;
	struct tag_pair *pairs; /* of the batch, by contact */
	size_t pair_count;
	size_t pair_at; /* the first one of the contact at hand */
};

static void begin_revision(struct batch *b, struct json_writer *w)
{
	str_reset(&b->text);
	json_writer_init(w, &b->text);
	json_open(w, '{');
}

static void end_revision(
    struct batch *b, struct json_writer *w, const struct catalog_contact *c)
{
	struct batch_revision *r = &b->revisions[b->revision_count++];

	json_close(w, '}');
	r->contact = c->id;
	r->version = c->version;
	r->before = arena_strdup(b->arena, str_text(&b->text));
}

static void put_json_or_null(struct json_writer *w, const char *json)
{
	if (json)
		json_put_raw(w, json);
	else
		json_put_null(w);
}

/* The value goes to the new name, unless that has one already. False when
 * there is nothing to do. */
static bool move_attribute(struct batch *b, struct catalog_contact *c)
{
	const char *new_name = b->job.new_name;
	struct attribute_member *members;
	struct json_writer w;
	size_t n;

	if (!attributes_parse(b->arena, c->attributes, &members, &n))
		return false;
	const char *old = attributes_get(members, n, b->job.old_name);
	const char *had = attributes_get(members, n, new_name);

	if (!old)
		return false;
	const struct attribute_member changes[] = {
	    {b->job.old_name, NULL},
	    {new_name, had ? had : old},
	};
	const char *text = attributes_merge(
	    b->arena, c->attributes, changes, *new_name ? 2 : 1);

	if (!text)
		return false;
	begin_revision(b, &w);
	json_key(&w, contact_attribute_key(b->arena, b->job.old_name));
	json_put_raw(&w, old);
	if (*new_name && !had) {
		json_key(&w, contact_attribute_key(b->arena, new_name));
		put_json_or_null(&w, had);
	}
	end_revision(b, &w, c);
	c->attributes = text;
	return true;
}

static bool move_first_message(struct batch *b, struct catalog_contact *c)
{
	struct json_writer w;

	if (str_equal(c->first_message, b->job.new_name))
		return false;
	begin_revision(b, &w);
	json_pair_text(
	    &w, contact_fields[FIELD_FIRST_MESSAGE].key, c->first_message);
	end_revision(b, &w, c);
	c->first_message = b->job.new_name;
	return true;
}

static const char *tag_name(const struct batch *b, uint64_t id)
{
	if (id == b->job.old_id)
		return b->job.old_name;
	for (size_t i = 0; i < b->tag_count; i++)
		if (b->tags[i].id.n == id)
			return b->tags[i].name;
	return NULL;
}

/* The links themselves are moved for the whole batch at once. */
static bool move_tag(struct batch *b, struct catalog_contact *c)
{
	struct json_writer w;

	begin_revision(b, &w);
	json_key(&w, "_tags");
	json_open(&w, '[');
	while (
	    b->pair_at < b->pair_count && b->pairs[b->pair_at].contact < c->id)
		b->pair_at++;
	for (size_t i = b->pair_at;
	     i < b->pair_count && b->pairs[i].contact == c->id; i++) {
		const char *name = tag_name(b, b->pairs[i].tag);

		if (name)
			json_put_text(&w, name);
	}
	json_close(&w, ']');
	end_revision(b, &w, c);
	return true;
}

static bool move(struct batch *b, struct catalog_contact *c)
{
	switch (b->job.kind) {
	case CATALOG_ATTRIBUTE:
		return move_attribute(b, c);
	case CATALOG_TAG:
		return move_tag(b, c);
	case CATALOG_FIRST_MESSAGE:
		return move_first_message(b, c);
	case CATALOG_SEGMENT:
	case CATALOG_CAMPAIGN:
		break;
	}
	return false;
}

static enum status load_tags(struct batch *b, const uint64_t *ids, size_t n)
{
	enum status st = tag_store_list(
	    b->db, b->arena, "tag", false, &b->tags, &b->tag_count, b->err);

	if (st == STATUS_OK)
		st = contact_batch_tags(
		    b->db, b->arena, ids, n, &b->pairs, &b->pair_count, b->err);
	return st;
}

/* Takes the old tag from all ids, also those of contacts that are gone, and
 * gives the new one to the contacts that are there. */
static enum status move_links(struct batch *b, const uint64_t *ids, size_t n)
{
	struct tag_pair *pairs =
	    arena_alloc(b->arena, (b->count + 1) * sizeof(*pairs));
	enum status st =
	    catalog_contacts_untag(b->db, ids, n, b->job.old_id, b->err);

	if (st != STATUS_OK || !b->job.new_id || !b->count)
		return st;
	for (size_t i = 0; i < b->count; i++)
		pairs[i] = (struct tag_pair){b->contacts[i].id, b->job.new_id};
	return contact_batch_add_tags(b->db, b->arena, pairs, b->count, b->err);
}

static enum status write_batch(struct batch *b)
{
	const struct batch_origin origin = {.actor = b->job.actor};
	int64_t now = clock_now();
	enum status st = STATUS_OK;

	if (b->revision_count)
		st = contact_batch_revisions(b->db, b->arena, b->revisions,
		    b->revision_count, &origin, now, b->err);
	if (st == STATUS_OK)
		st = catalog_contacts_update(
		    b->db, b->arena, b->contacts, b->count, now, b->err);
	b->job.changed += b->count;
	return st;
}

/* The contacts `ids`, which are in order. */
static enum status move_contacts(struct batch *b, const uint64_t *ids, size_t n)
{
	size_t kept = 0;
	enum status st = catalog_contacts_lock(
	    b->db, b->arena, ids, n, &b->contacts, &b->count, b->err);

	if (st == STATUS_OK && b->job.kind == CATALOG_TAG)
		st = load_tags(b, ids, n);
	if (st != STATUS_OK)
		return st;
	b->revisions =
	    arena_alloc(b->arena, (b->count + 1) * sizeof(*b->revisions));
	for (size_t i = 0; i < b->count; i++)
		if (move(b, &b->contacts[i]))
			b->contacts[kept++] = b->contacts[i];
	b->count = kept;
	if (b->job.kind == CATALOG_TAG)
		st = move_links(b, ids, n);
	b->job.next_contact = ids[n - 1];
	return st == STATUS_OK ? write_batch(b) : st;
}

static enum status do_contacts(struct batch *b, bool *last)
{
	uint64_t *ids;
	size_t n;
	enum status st = catalog_job_contacts(b->db, b->arena, &b->job,
	    attributes_path(b->arena, b->job.old_name), CATALOG_BATCH, &ids, &n,
	    b->err);

	*last = n < CATALOG_BATCH;
	if (st == STATUS_OK && n)
		st = move_contacts(b, ids, n);
	return st;
}

static enum status do_places(struct batch *b, bool *last)
{
	uint64_t taken = 0;
	enum status st =
	    catalog_job_empty(b->db, &b->job, CATALOG_BATCH, &taken, b->err);

	b->job.changed += taken;
	*last = taken < CATALOG_BATCH;
	return st;
}

struct step {
	uint64_t job;
	struct catalog_progress *out;
};

static enum status do_batch(struct batch *b, bool *last)
{
	bool places =
	    b->job.kind == CATALOG_SEGMENT || b->job.kind == CATALOG_CAMPAIGN;
	enum status st = places ? do_places(b, last) : do_contacts(b, last);

	if (st != STATUS_OK)
		return st;
	return *last ? catalog_job_delete(b->db, b->job.id, b->err)
		     : catalog_job_checkpoint(b->db, &b->job, b->err);
}

static enum status attempt(struct db *db, void *arg, struct err *e)
{
	struct step *s = arg;
	struct arena a;
	struct batch b = {.arena = &a, .db = db, .err = e};
	bool last = false;

	arena_init(&a);
	str_init(&b.text, 4 * ATTRIBUTES_MAX);
	enum status st = catalog_job_lock(db, &a, s->job, &b.job, e);

	if (st == STATUS_OK)
		st = do_batch(&b, &last);
	if (st == STATUS_OK) {
		s->out->changed = b.job.changed;
		s->out->finished = last;
	}
	str_release(&b.text);
	arena_release(&a);
	return st;
}

enum status catalog_job_run(struct db *db, uint64_t job, int64_t ms,
    struct catalog_progress *out, struct err *e)
{
	int64_t until = clock_monotonic() + ms;
	struct step s = {job, out};
	enum status st;

	*out = (struct catalog_progress){0};
	do {
		st = db_transact(db, attempt, &s, e);
	} while (
	    st == STATUS_OK && !out->finished && clock_monotonic() < until);
	if (st == STATUS_NOT_FOUND) {
		out->finished = true;
		st = STATUS_OK;
	}
	return st;
}

enum status catalog_job_work(struct db *db, struct err *e)
{
	struct catalog_progress progress = {0};
	struct step s = {.out = &progress};
	enum status st = catalog_job_oldest(db, &s.job, e);

	return st == STATUS_OK ? db_transact(db, attempt, &s, e) : st;
}
