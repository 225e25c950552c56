/* write.c: a matched batch goes into the book */
/* SPDX-License-Identifier: MIT */
#include "domain/import/write.h"

#include "base/str.h"
#include "domain/import/about.h"
#include "domain/import/optout_list.h"
#include "domain/import/problem.h"
#include "domain/import/suppressed.h"
#include "storage/consent_ledger_store.h"
#include "storage/contact_trash_store.h"
#include "storage/import_problem_store.h"

/* The targets of one kind, as the stores take them. */
struct selection {
	struct contact **contacts;
	size_t count;
};

struct tag_pairs {
	struct tag_pair *items;
	size_t count;
};

static bool is_new(const struct target *t)
{
	return t->is_new;
}

static bool is_changed(const struct target *t)
{
	return t->changed && !t->is_new;
}

static bool is_rekeyed(const struct target *t)
{
	return t->rekeyed && !t->is_new;
}

/* Out of the trash, before their revisions are written: the last ones tell
 * what they get back. */
static enum status write_restored(const struct writing *w, struct arena *a,
    const struct matched *m, struct err *e)
{
	uint64_t *ids = NULL;
	size_t n = 0;

	for (size_t i = 0; i < m->target_count; i++) {
		if (!m->targets[i]->restored)
			continue;
		if (!ids)
			ids = arena_raw(a, m->target_count * sizeof(*ids));
		ids[n++] = m->targets[i]->contact.id.n;
	}
	return n ? contact_batch_untrash(w->db, a, ids, n, e) : STATUS_OK;
}

static struct selection select_targets(struct arena *a, const struct matched *m,
    bool (*wanted)(const struct target *))
{
	struct selection s = {
	    arena_raw(a, (m->target_count + 1) * sizeof(struct contact *)), 0};

	for (size_t i = 0; i < m->target_count; i++)
		if (wanted(m->targets[i]))
			s.contacts[s.count++] = &m->targets[i]->contact;
	return s;
}

static enum status write_contacts(const struct writing *w, struct arena *a,
    const struct matched *m, struct err *e)
{
	struct selection rekeyed = select_targets(a, m, is_rekeyed);
	struct selection changed = select_targets(a, m, is_changed);
	struct selection created = select_targets(a, m, is_new);
	const struct batch_origin origin = {.import = w->job->id,
	    .actor = *w->actor,
	    .opt_outs = m->list != NULL};
	enum status st =
	    contact_batch_unkey(w->db, a, rekeyed.contacts, rekeyed.count, e);

	if (st == STATUS_OK)
		st = contact_batch_update(
		    w->db, a, changed.contacts, changed.count, w->now, e);
	if (st == STATUS_OK)
		st = contact_batch_insert(w->db, a, created.contacts,
		    created.count, w->job->id.n, w->now, e);
	if (st == STATUS_OK)
		st = write_restored(w, a, m, e);
	if (st == STATUS_OK)
		st = contact_batch_revisions(w->db, a, m->revisions,
		    m->revision_count, &origin, w->now, e);
	/* Somebody else took a key meanwhile: matching again sees it. */
	return st == STATUS_CONFLICT ? STATUS_BUSY : st;
}

static bool has_id(const uint64_t *ids, size_t n, uint64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (ids[i] == id)
			return true;
	return false;
}

/* Pairs of the contact with those of `tags` that `others` has not. */
static void add_pairs(struct tag_pairs *out, const struct target *t,
    const uint64_t *tags, size_t n, const uint64_t *others, size_t m)
{
	for (size_t i = 0; i < n; i++)
		if (!has_id(others, m, tags[i]))
			out->items[out->count++] =
			    (struct tag_pair){t->contact.id.n, tags[i]};
}

static struct tag_pairs room_for_pairs(
    struct arena *a, const struct matched *m, bool of_replaced)
{
	size_t n = 0;

	for (size_t i = 0; i < m->target_count; i++)
		n += of_replaced ? m->targets[i]->tags_were_count
				 : m->targets[i]->tag_count;
	return (struct tag_pairs){
	    arena_raw(a, (n + 1) * sizeof(struct tag_pair)), 0};
}

static enum status write_tags(const struct writing *w, struct arena *a,
    const struct matched *m, struct err *e)
{
	struct tag_pairs added = room_for_pairs(a, m, false);
	struct tag_pairs gone = room_for_pairs(a, m, true);

	for (size_t i = 0; i < m->target_count; i++) {
		const struct target *t = m->targets[i];
		size_t from = t->tags_replaced ? 0 : t->tags_before;

		add_pairs(&added, t, t->tags + from, t->tag_count - from,
		    t->tags_were, t->tags_were_count);
		add_pairs(&gone, t, t->tags_were, t->tags_were_count, t->tags,
		    t->tag_count);
	}
	enum status st =
	    contact_batch_remove_tags(w->db, a, gone.items, gone.count, e);

	if (st != STATUS_OK)
		return st;
	return contact_batch_add_tags(w->db, a, added.items, added.count, e);
}

static enum status write_segment(const struct writing *w, struct batch *b,
    const struct matched *m, struct err *e)
{
	uint64_t *ids = arena_raw(&b->arena, BATCH_ROWS * sizeof(*ids));
	size_t n = 0;

	if (!w->book->segment)
		return STATUS_OK;
	for (size_t i = 0; i < b->count; i++)
		if (m->of_row[i])
			ids[n++] = m->of_row[i]->contact.id.n;
	return contact_batch_add_segment(
	    w->db, w->book->segment, w->job->id, ids, n, e);
}

/* Which row of problem_infos a finding is: two have the same code and differ
 * in level. */
static size_t code_of(const struct problem *p)
{
	size_t i = 0;

	while (i < PROBLEM_CODES && (problem_infos[i].code != p->code ||
					problem_infos[i].level != p->level))
		i++;
	return i;
}

static enum status write_problems(const struct writing *w, struct batch *b,
    const struct matched *m, struct err *e)
{
	uint64_t counts[PROBLEM_CODES] = {0};
	uint64_t *about;
	enum status st = about_problems(w->db, b, m, &about, e);

	if (st == STATUS_OK)
		st = import_problem_put(w->db, &b->arena, w->job->id,
		    m->problems, about, m->problem_count, e);

	for (size_t i = 0; i < m->problem_count; i++) {
		size_t code = code_of(m->problems[i]);

		if (code == PROBLEM_CODES)
			return ERR(e, STATUS_FAILED, "a finding of code %s",
			    m->problems[i]->code);
		counts[code]++;
	}
	for (size_t i = 0; st == STATUS_OK && i < PROBLEM_CODES; i++)
		if (counts[i])
			st = import_problem_add_count(w->db, w->job->id,
			    problem_infos[i].code, problem_infos[i].level,
			    counts[i], e);
	return st;
}

static enum status write_outcomes(const struct writing *w, struct batch *b,
    const struct matched *m, uint64_t batch, struct err *e)
{
	char letters[BATCH_ROWS];

	for (size_t i = 0; i < b->count; i++)
		letters[i] = (char)m->outcomes[i];
	const struct import_batch_row row = {
	    .letters = letters,
	    .count = b->count,
	    .hashes = m->keys,
	    .hashes_length = m->keys_length,
	    .changes = m->changes,
	    .changes_length = m->changes_length,
	};
	enum status st = import_change_add_counts(w->db, &b->arena, w->job->id,
	    m->fields, m->field_rows, m->field_count, e);

	if (st != STATUS_OK)
		return st;
	return import_batch_put(w->db, w->job->id, batch, &row, e);
}

static enum status write_consents(const struct writing *w, struct batch *b,
    const struct matched *m, struct err *e)
{
	struct import_contact *rows =
	    arena_raw(&b->arena, BATCH_ROWS * sizeof(*rows));
	size_t n = 0;

	for (size_t i = 0; i < b->count; i++) {
		const struct checked_row *r = &b->rows[i];
		bool own = m->says[i] & (SAYS_OPTED_IN | SAYS_OPTED_OUT);

		if (!m->of_row[i])
			continue;
		rows[n++] = (struct import_contact){
		    .row = r->row,
		    .contact = m->of_row[i]->contact.id.n,
		    .says = m->says[i],
		    .evidence = str_or_empty(
			own ? r->value[FIELD_WHATSAPP_OPTED_AT] : ""),
		};
	}
	return import_contact_put(
	    w->db, &b->arena, w->job->id, rows, n, w->now, e);
}

/* What changes in the book. */
static enum status write_book(const struct writing *w, struct batch *b,
    const struct matched *m, struct err *e)
{
	enum status st = write_contacts(w, &b->arena, m, e);

	if (m->list)
		return st == STATUS_OK
			   ? optout_list_write(w, &b->arena, m->list, e)
			   : st;
	if (st == STATUS_OK)
		st = write_tags(w, &b->arena, m, e);
	if (st == STATUS_OK)
		st = write_segment(w, b, m, e);
	if (st == STATUS_OK)
		st = suppressed_write(
		    w->db, &b->arena, w->job->id, w->actor, m, e);
	if (st == STATUS_OK)
		st = write_consents(w, b, m, e);
	return st;
}

enum status write_batch(const struct writing *w, struct batch *b,
    const struct matched *m, const struct import_checkpoint *c, struct err *e)
{
	enum status st = import_job_advance(w->db, w->job, c, w->lease_ms, e);

	if (st == STATUS_OK && !w->check_only)
		st = write_book(w, b, m, e);
	if (st == STATUS_OK)
		st = write_problems(w, b, m, e);
	if (st == STATUS_OK && m->optout_count)
		st = import_optout_put(w->db, &b->arena, w->job->id,
		    w->check_only ? w->job->lease_number : OPTOUT_PASS_IMPORT,
		    m->optouts, m->optout_count, e);
	if (st == STATUS_OK)
		st = write_outcomes(w, b, m, c->batch - 1, e);
	return st;
}
