/* contact_merge.c: two contacts become one */
/* SPDX-License-Identifier: MIT */
#include "domain/duplicates/contact_merge.h"

#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/attributes.h"
#include "domain/consent/consent_ledger.h"
#include "domain/contact/contact_message.h"
#include "storage/audit_store.h"
#include "storage/contact_merge_store.h"
#include "storage/contact_store.h"
#include "storage/duplicate_store.h"
#include "storage/segment_store.h"
#include "storage/tag_store.h"

/* A chain of merges is as long as people make it; this only ends a circle. */
#define CHAIN_MAX 1000

struct merging {
	struct arena *arena;
	struct db *db;
	struct err *err;
	const struct actor *actor;
	const struct merge_request *request;
	struct merge_result *out;
	/* within one attempt: */
	int64_t now;
	struct comparison rows;
	struct contact winner; /* as it will be */
	struct contact loser;
	struct segment *segments; /* of the one that stays */
	size_t segment_count;
	struct segment *other_segments;
	size_t other_segment_count;
	const char **campaigns; /* likewise */
	size_t campaign_count;
	const char **other_campaigns;
	size_t other_campaign_count;
	bool tags_changed;
	bool segments_changed;
	bool campaigns_changed;
	struct str before;
	struct json_writer w;
};

static enum status refuse(struct merging *m, enum merge_refusal why,
    const char *field, enum status st)
{
	m->out->why = why;
	m->out->field = field;
	return ERR(m->err, st, "%s", merge_refusal_text(why));
}

const char *merge_refusal_text(enum merge_refusal why)
{
	switch (why) {
	case MERGE_FINE:
		return "";
	case MERGE_GONE:
		return "There is no such contact in the book any more.";
	case MERGE_ITSELF:
		return "A contact cannot be merged with itself: choose "
		       "another one.";
	case MERGE_TRASHED:
		return "One of the two contacts is in the trash. Restore it "
		       "first.";
	case MERGE_MOVED_ON:
		return "One of the two contacts was changed meanwhile. Look "
		       "at both as they are now, and choose again.";
	case MERGE_UNKNOWN:
		return "Neither of the two contacts has this field.";
	case MERGE_CONSENT:
		return "The answer to WhatsApp messages is not for choosing: "
		       "a no stands, unless the yes is newer.";
	case MERGE_NO_KEY:
		return "Keep a phone number, a WhatsApp user id, an e-mail or "
		       "a user id: without one nobody could find the contact.";
	case MERGE_TOO_LONG:
		return "These are too many values for one contact.";
	}
	return "";
}

/* --- reading both --- */

static enum status read_links(struct merging *m)
{
	struct contact *mine = &m->out->mine, *theirs = &m->out->theirs;
	enum status st = segment_store_of_contact(
	    m->db, m->arena, mine->id, &m->segments, &m->segment_count, m->err);

	if (st == STATUS_OK)
		st = segment_store_of_contact(m->db, m->arena, theirs->id,
		    &m->other_segments, &m->other_segment_count, m->err);
	if (st == STATUS_OK)
		st = contact_merge_campaigns(m->db, m->arena, mine->id,
		    &m->campaigns, &m->campaign_count, m->err);
	if (st == STATUS_OK)
		st = contact_merge_campaigns(m->db, m->arena, theirs->id,
		    &m->other_campaigns, &m->other_campaign_count, m->err);
	return st;
}

static enum status read_one(struct merging *m, const char *field,
    struct contact_id id, struct contact *out)
{
	enum status st =
	    contact_store_get(m->db, m->arena, id, false, out, m->err);

	return st == STATUS_NOT_FOUND ? refuse(m, MERGE_GONE, field, st) : st;
}

/* The connection broke at the commit, and nobody knew whether it was done. */
static bool is_done(const struct merging *m)
{
	const struct contact *mine = &m->out->mine, *theirs = &m->out->theirs;

	return theirs->trashed_at && theirs->merged_into == mine->id.n &&
	       mine->version == m->request->version + 1 &&
	       theirs->version == m->request->with_version + 1;
}

static enum status read_both(struct merging *m, bool *done)
{
	const struct merge_request *r = m->request;
	struct contact *mine = &m->out->mine, *theirs = &m->out->theirs;
	size_t count;
	enum status st =
	    contact_merge_lock(m->db, r->id, r->with, &count, m->err);

	if (st == STATUS_OK)
		st = read_one(m, "id", r->id, mine);
	if (st == STATUS_OK)
		st = read_one(m, "with", r->with, theirs);
	*done = st == STATUS_OK && is_done(m);
	if (st != STATUS_OK || *done)
		return st;
	if (mine->trashed_at)
		return refuse(m, MERGE_TRASHED, "id", STATUS_CONFLICT);
	if (theirs->trashed_at)
		return refuse(m, MERGE_TRASHED, "with", STATUS_CONFLICT);
	if (mine->version != r->version || theirs->version != r->with_version)
		return refuse(m, MERGE_MOVED_ON, "version", STATUS_CONFLICT);
	return read_links(m);
}

/* --- choosing --- */

static bool is_field(const char *key)
{
	for (int f = 0; f < FIELD_COUNT; f++)
		if (str_equal(key, contact_fields[f].key))
			return true;
	return false;
}

static enum status choose(struct merging *m)
{
	const struct merge_request *r = m->request;

	contact_compare(m->arena, &m->out->mine, &m->out->theirs, &m->rows);
	for (size_t i = 0; i < r->choice_count; i++) {
		const char *key = r->choices[i].key;
		struct compared *row = comparison_find(&m->rows, key);

		if (!row && !is_field(key))
			return refuse(m, MERGE_UNKNOWN, key, STATUS_INVALID);
		if (!row || !row->differ)
			continue;
		if (row->decided && row->side != r->choices[i].side)
			return refuse(m, MERGE_CONSENT, key, STATUS_INVALID);
		row->side = r->choices[i].side;
	}
	return STATUS_OK;
}

static enum status choose_attributes(struct merging *m)
{
	struct attribute_member *set =
	    arena_alloc(m->arena, (m->rows.count + 1) * sizeof(*set));
	size_t n = 0;

	for (size_t i = 0; i < m->rows.count; i++) {
		const struct compared *row = &m->rows.rows[i];

		if (!str_starts(row->key, "attributes.") ||
		    row->side == MERGE_THIS || !row->differ)
			continue;
		set[n].name = row->label;
		set[n++].json = row->theirs_json;
	}
	const char *text =
	    attributes_merge(m->arena, m->out->mine.attributes, set, n);

	if (!text)
		return refuse(m, MERGE_TOO_LONG, "attributes", STATUS_INVALID);
	m->winner.attributes = text;
	return STATUS_OK;
}

/* The unique keys that the winner takes are no longer the loser's. */
static void free_key(struct merging *m, enum contact_field f)
{
	if (*m->loser.value[f] &&
	    str_equal(m->loser.value[f], m->winner.value[f]))
		m->loser.value[f] = "";
}

static enum status compose(struct merging *m)
{
	const struct contact *mine = &m->out->mine, *theirs = &m->out->theirs;
	struct contact_result keys = {.message_count = 0};

	m->winner = *mine;
	m->loser = *theirs;
	for (int f = 0; f < FIELD_COUNT; f++) {
		struct compared *row =
		    comparison_find(&m->rows, contact_fields[f].key);

		if (row && row->side == MERGE_OTHER)
			m->winner.value[f] = theirs->value[f];
	}
	contact_check_keys(m->arena, &m->winner, &keys);
	if (keys.message_count)
		return refuse(m, MERGE_NO_KEY, "phone", STATUS_INVALID);
	free_key(m, FIELD_PHONE);
	free_key(m, FIELD_WA_USER_ID);
	if (theirs->created_at < mine->created_at)
		m->winner.created_at = theirs->created_at;
	if (theirs->last_active > mine->last_active)
		m->winner.last_active = theirs->last_active;
	m->winner.updated_at = m->loser.updated_at = m->now;
	m->loser.trashed_at = m->now;
	m->loser.merged_into = mine->id.n;
	return choose_attributes(m);
}

static bool among(
    struct arena *a, const char *const *names, size_t count, const char *name)
{
	const char *folded = utf8_fold(a, name);

	for (size_t i = 0; i < count; i++)
		if (str_equal(folded, utf8_fold(a, names[i])))
			return true;
	return false;
}

static bool stays(
    struct merging *m, const struct merge_names *kept, const char *name)
{
	return !kept || among(m->arena, kept->names, kept->count, name);
}

static void unite_tags(struct merging *m)
{
	const struct contact *mine = &m->out->mine, *theirs = &m->out->theirs;
	const char **tags = arena_alloc(m->arena,
	    (mine->tag_count + theirs->tag_count + 1) * sizeof(*tags));
	size_t n = 0;

	m->tags_changed = false;
	for (size_t i = 0; i < mine->tag_count; i++)
		if (stays(m, m->request->tags, mine->tags[i]))
			tags[n++] = mine->tags[i];
		else
			m->tags_changed = true;
	for (size_t i = 0; i < theirs->tag_count; i++) {
		const char *name = theirs->tags[i];

		if (!stays(m, m->request->tags, name) ||
		    among(m->arena, mine->tags, mine->tag_count, name))
			continue;
		tags[n++] = name;
		m->tags_changed = true;
	}
	m->winner.tags = tags;
	m->winner.tag_count = n;
}

/* --- the revisions --- */

static void begin_before(struct merging *m)
{
	str_reset(&m->before);
	json_writer_init(&m->w, &m->before);
	json_open(&m->w, '{');
}

static void put_names(
    struct merging *m, const char *key, const char *const *names, size_t count)
{
	json_key(&m->w, key);
	json_open(&m->w, '[');
	for (size_t i = 0; i < count; i++)
		json_put_text(&m->w, names[i]);
	json_close(&m->w, ']');
}

static void put_segments(
    struct merging *m, const struct segment *segments, size_t count)
{
	const char **names =
	    arena_alloc(m->arena, (count + 1) * sizeof(*names));

	for (size_t i = 0; i < count; i++)
		names[i] = segments[i].name;
	put_names(m, "_segments", names, count);
}

static void put_moment(struct merging *m, const char *key, int64_t ms)
{
	char text[32];

	clock_format(ms, text);
	json_pair_text(&m->w, key, ms ? text : NULL);
}

static void put_fields(
    struct merging *m, const struct contact *old, const struct contact *new)
{
	for (int f = 0; f < FIELD_COUNT; f++) {
		if (str_equal(old->value[f], new->value[f]))
			continue;
		json_key(&m->w, contact_fields[f].key);
		contact_put_field(&m->w, (enum contact_field)f, old->value[f]);
	}
}

static void put_attributes(struct merging *m)
{
	for (size_t i = 0; i < m->rows.count; i++) {
		const struct compared *row = &m->rows.rows[i];

		if (!str_starts(row->key, "attributes.") ||
		    row->side == MERGE_THIS || !row->differ)
			continue;
		json_key(&m->w, row->key);
		if (row->mine_json)
			json_put_raw(&m->w, row->mine_json);
		else
			json_put_null(&m->w);
	}
}

static enum status revise(struct merging *m, const struct contact *was)
{
	struct contact_revision r = {
	    .kind = REVISION_MERGE, .job = m->out->job};

	json_close(&m->w, '}');
	return contact_revise(
	    m->db, &r, was, m->actor, str_text(&m->before), m->err);
}

static enum status revise_winner(struct merging *m)
{
	const struct contact *mine = &m->out->mine;

	begin_before(m);
	put_fields(m, mine, &m->winner);
	put_attributes(m);
	if (m->tags_changed)
		put_names(m, "_tags", mine->tags, mine->tag_count);
	if (m->segments_changed)
		put_segments(m, m->segments, m->segment_count);
	if (m->campaigns_changed)
		put_names(m, "_campaigns", m->campaigns, m->campaign_count);
	if (mine->created_at != m->winner.created_at)
		put_moment(m, "_created_at", mine->created_at);
	if (mine->last_active != m->winner.last_active)
		put_moment(m, "_last_active", mine->last_active);
	return revise(m, mine);
}

static enum status revise_loser(struct merging *m)
{
	const struct contact *theirs = &m->out->theirs;

	begin_before(m);
	put_fields(m, theirs, &m->loser);
	put_names(m, "_tags", theirs->tags, theirs->tag_count);
	put_segments(m, m->other_segments, m->other_segment_count);
	put_names(m, "_campaigns", m->other_campaigns, m->other_campaign_count);
	json_pair_text(&m->w, "_trashed_at", NULL);
	json_pair_text(&m->w, "_merged_into", NULL);
	return revise(m, theirs);
}

/* --- writing --- */

static bool has_segment(
    const struct segment *segments, size_t count, struct segment_id id)
{
	for (size_t i = 0; i < count; i++)
		if (segments[i].id.n == id.n)
			return true;
	return false;
}

static enum status unite_segments(struct merging *m)
{
	const struct merge_names *kept = m->request->segments;
	const struct contact_id to = m->winner.id, from = m->loser.id;
	enum status st = STATUS_OK;

	m->segments_changed = false;
	for (size_t i = 0; st == STATUS_OK && i < m->segment_count; i++)
		if (!stays(m, kept, m->segments[i].name)) {
			m->segments_changed = true;
			st = contact_merge_leave_segment(
			    m->db, m->segments[i].id, to, m->err);
		}
	for (size_t i = 0; st == STATUS_OK && i < m->other_segment_count; i++) {
		const struct segment *s = &m->other_segments[i];

		if (!stays(m, kept, s->name) ||
		    has_segment(m->segments, m->segment_count, s->id))
			continue;
		m->segments_changed = true;
		st = contact_merge_copy_segment(m->db, s->id, from, to, m->err);
	}
	return st;
}

static enum status unite_campaigns(struct merging *m)
{
	m->campaigns_changed = false;
	for (size_t i = 0; i < m->other_campaign_count; i++)
		if (!among(m->arena, m->campaigns, m->campaign_count,
			m->other_campaigns[i]))
			m->campaigns_changed = true;
	return m->campaigns_changed ? contact_merge_copy_campaigns(m->db,
					  m->loser.id, m->winner.id, m->err)
				    : STATUS_OK;
}

static enum status write_job(struct merging *m)
{
	struct json_writer w;

	str_reset(&m->before);
	json_writer_init(&w, &m->before);
	json_open(&w, '{');
	json_pair_int(&w, "contact", (int64_t)m->winner.id.n);
	json_pair_int(&w, "with", (int64_t)m->loser.id.n);
	json_close(&w, '}');
	return contact_merge_job(m->db, m->actor, str_text(&m->before), m->now,
	    &m->out->job, m->err);
}

static enum status write_audit(struct merging *m)
{
	return audit_add(m->db, m->actor, "contact.merge",
	    contact_subject_text(m->arena, m->winner.id),
	    arena_printf(m->arena, "with contact %llu, job %llu",
		(unsigned long long)m->loser.id.n,
		(unsigned long long)m->out->job.n),
	    m->err);
}

/* The entries of both are read together from now on: the last one has to say
 * what was decided. */
static enum status write_consent(struct merging *m)
{
	const struct contact *mine = &m->out->mine, *theirs = &m->out->theirs;
	const struct consent_entry how = {
	    .origin = ORIGIN_JOB,
	    .member = m->actor->member,
	    .token = m->actor->token,
	    .job = m->out->job,
	    .detail = arena_printf(m->arena, "merged with contact %llu",
		(unsigned long long)m->loser.id.n),
	};
	struct contact none = *mine;

	if (!*mine->value[FIELD_WHATSAPP_OPTED] &&
	    !*theirs->value[FIELD_WHATSAPP_OPTED])
		return STATUS_OK;
	none.value[FIELD_WHATSAPP_OPTED] = "";
	return consent_ledger_opted(m->db, &none, &m->winner, &how, m->err);
}

/* The loser lets go of its keys before the winner takes them. */
static enum status write_both(struct merging *m)
{
	enum status st = unite_segments(m);

	if (st == STATUS_OK)
		st = unite_campaigns(m);
	if (st == STATUS_OK)
		st = write_job(m);
	if (st == STATUS_OK)
		st = revise_loser(m);
	if (st == STATUS_OK)
		st = revise_winner(m);
	if (st == STATUS_OK)
		st = contact_merge_trash(m->db, &m->loser, m->err);
	if (st == STATUS_OK)
		st = contact_store_update(m->db, &m->winner, m->err);
	if (st == STATUS_OK)
		st = contact_merge_times(m->db, &m->winner, m->err);
	if (st == STATUS_OK)
		st = write_consent(m);
	if (st == STATUS_OK && m->tags_changed)
		st = tag_store_set(m->db, m->winner.id, m->winner.tags,
		    m->winner.tag_count, m->err);
	if (st == STATUS_OK)
		st = duplicate_store_forget(m->db, m->loser.id, m->err);
	return st == STATUS_OK ? write_audit(m) : st;
}

static enum status attempt(struct db *db, void *arg, struct err *e)
{
	struct merging *m = arg;
	bool done = false;

	m->db = db;
	m->err = e;
	m->now = clock_now();
	memset(m->out, 0, sizeof(*m->out));
	if (m->request->id.n == m->request->with.n)
		return refuse(m, MERGE_ITSELF, "with", STATUS_INVALID);
	enum status st = read_both(m, &done);

	if (st == STATUS_OK && !done)
		st = choose(m);
	if (st == STATUS_OK && !done)
		st = compose(m);
	if (st != STATUS_OK || done)
		return st;
	unite_tags(m);
	return write_both(m);
}

enum status contact_merge(struct db *db, struct arena *a,
    const struct actor *actor, const struct merge_request *request,
    struct merge_result *out, struct err *e)
{
	struct merging m = {
	    .arena = a, .actor = actor, .request = request, .out = out};

	str_init(&m.before, 4 * ATTRIBUTES_MAX);
	enum status st = db_transact(db, attempt, &m, e);

	str_release(&m.before);
	if (st != STATUS_OK)
		return st;
	st = contact_store_get(db, a, request->id, false, &out->mine, e);
	if (st == STATUS_OK)
		st = contact_store_get(
		    db, a, request->with, false, &out->theirs, e);
	return st;
}

enum status contact_merged_into(struct db *db, struct arena *a,
    const struct contact *c, struct contact *out, struct err *e)
{
	*out = *c;
	if (!c->trashed_at || !c->merged_into)
		return ERR(e, STATUS_NOT_FOUND, "not merged");
	for (int i = 0; i < CHAIN_MAX; i++) {
		struct contact_id next = {out->merged_into};

		if (!out->trashed_at)
			return STATUS_OK;
		if (!next.n)
			break;
		enum status st = contact_store_get(db, a, next, false, out, e);

		if (st != STATUS_OK)
			return st;
	}
	return ERR(e, STATUS_NOT_FOUND, "merged into one that is in the trash");
}
