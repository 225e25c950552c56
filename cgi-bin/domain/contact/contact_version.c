/* contact_version.c: setting a contact back to a version that it had */
/* SPDX-License-Identifier: MIT */
#include "domain/contact/contact_version.h"

#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/attribute_types.h"
#include "domain/consent/consent_ledger.h"
#include "domain/contact/contact_message.h"
#include "domain/contact/contact_rewind.h"
#include "domain/contact/contact_state.h"
#include "storage/attribute_store.h"
#include "storage/audit_store.h"
#include "storage/campaign_store.h"
#include "storage/contact_batch_store.h"
#include "storage/contact_store.h"
#include "storage/segment_store.h"
#include "storage/tag_store.h"

#define LEFT_OUT_MAX 50u

struct going_back {
	struct arena *arena;
	struct db *db;
	struct err *err;
	const struct actor *actor; /* NULL: only compare */
	struct contact_id id;
	uint64_t version;
	uint64_t from;
	bool optin_confirmed;
	struct contact_version *out;
	/* within one attempt: */
	struct contact_was was;
	struct contact new; /* what will be written */
	struct segment *segments;
	size_t segment_count;
	struct segment_id *join, *leave;
	size_t join_count, leave_count;
	bool tags_changed;
	bool campaigns_changed;
	struct str before;
	struct json_writer w;
};

static enum status refuse(
    struct going_back *g, enum status st, const char *text)
{
	contact_message_add(g->arena, &g->out->result, "version", text);
	return ERR(g->err, st, "%s", text);
}

/* --- the version --- */

static enum status check_version(struct going_back *g)
{
	const struct contact *now = &g->out->result.contact;

	g->out->result.in_trash = now->trashed_at != 0;
	if (g->out->result.in_trash)
		return ERR(g->err, STATUS_CONFLICT, "in the trash");
	if (!g->version || g->version > now->version)
		return refuse(g, STATUS_INVALID,
		    arena_printf(g->arena,
			"The contact never had a version %llu: its versions "
			"are 1 to %llu.",
			(unsigned long long)g->version,
			(unsigned long long)now->version));
	if (g->from && g->from != now->version)
		return ERR(g->err, STATUS_CONFLICT, "it moved on");
	return STATUS_OK;
}

/* g->was, from the contact as it is now: newest change first. */
static enum status rewind_to(struct going_back *g)
{
	struct contact_revision *rows;
	size_t n;
	enum status st = contact_revision_since(
	    g->db, g->arena, g->id, g->version, &rows, &n, g->err);

	if (st != STATUS_OK || g->version == g->out->result.contact.version)
		return st;
	if (!n || rows[0].version != g->version)
		return refuse(g, STATUS_NOT_FOUND,
		    "What the contact was in this version is not kept any "
		    "more.");
	while (n--)
		if (!contact_rewind(g->arena, rows[n].before, &g->was))
			return ERR(g->err, STATUS_FAILED,
			    "revision %llu is broken",
			    (unsigned long long)rows[n].id);
	if (g->was.contact.trashed_at)
		return refuse(g, STATUS_INVALID,
		    "In this version the contact was in the trash: choose "
		    "another one.");
	return STATUS_OK;
}

static enum status load(struct going_back *g)
{
	struct contact *now = &g->out->result.contact;
	enum status st = contact_store_get(
	    g->db, g->arena, g->id, g->actor != NULL, now, g->err);

	if (st == STATUS_OK)
		st = segment_store_of_contact(g->db, g->arena, g->id,
		    &g->segments, &g->segment_count, g->err);
	if (st == STATUS_OK)
		st = campaign_store_of_contact(g->db, g->arena, g->id,
		    &now->campaigns, &now->campaign_count, g->err);
	if (st == STATUS_OK)
		st = check_version(g);
	if (st != STATUS_OK)
		return st;
	g->was = (struct contact_was){.contact = *now};
	g->was.segments =
	    arena_alloc(g->arena, (g->segment_count + 1) * sizeof(char *));
	for (size_t i = 0; i < g->segment_count; i++)
		g->was.segments[g->was.segment_count++] = g->segments[i].name;
	g->new = *now;
	return rewind_to(g);
}

/* --- what differs --- */

static void add_line(
    struct going_back *g, const char *label, const char *now, const char *then)
{
	struct version_line *line = &g->out->lines[g->out->line_count++];

	line->label = label;
	line->now = now;
	line->then = then;
}

static void leave_out(struct going_back *g, const char *name)
{
	if (g->out->left_out_count < LEFT_OUT_MAX)
		g->out->left_out[g->out->left_out_count++] = name;
}

static void compare_fields(struct going_back *g)
{
	for (int i = 0; i < FIELD_COUNT; i++) {
		const char *now = g->new.value[i];
		const char *then = g->was.contact.value[i];

		if (str_equal(now, then))
			continue;
		json_key(&g->w, contact_fields[i].key);
		contact_put_field(&g->w, (enum contact_field)i, now);
		add_line(g, contact_fields[i].label,
		    contact_field_shown((enum contact_field)i, now),
		    contact_field_shown((enum contact_field)i, then));
		g->new.value[i] = then;
	}
}

/* An attribute may have got another type since. */
static bool fits(struct arena *a, const struct attribute *t, const char *json)
{
	const struct attribute_type_info *type = &attribute_types[t->type];
	const char *kept = type->parse(a, attributes_plain(a, json), false);

	return kept && str_equal(type->to_json(a, kept), json);
}

static const struct attribute *known_attribute(
    const struct attribute_list *book, const char *name)
{
	for (size_t i = 0; i < book->count; i++)
		if (str_equal(book->items[i].name, name))
			return &book->items[i];
	return NULL;
}

static void compare_attribute(struct going_back *g,
    const struct attribute_list *book, const char *name, const char *now,
    const char *then, struct attribute_member *set, size_t *count)
{
	const struct attribute *known = known_attribute(book, name);

	if (now == then || (now && then && str_equal(now, then)))
		return;
	if (then && (!known || !fits(g->arena, known, then))) {
		leave_out(g, name);
		return;
	}
	set[*count].name = name;
	set[(*count)++].json = then;
	json_key(&g->w, contact_attribute_key(g->arena, name));
	if (now)
		json_put_raw(&g->w, now);
	else
		json_put_null(&g->w);
	add_line(g, known && *known->label ? known->label : name,
	    now ? attributes_plain(g->arena, now) : "",
	    then ? attributes_plain(g->arena, then) : "");
}

static enum status compare_attributes(struct going_back *g,
    const struct attribute_member *now, size_t n,
    const struct attribute_member *then, size_t m)
{
	struct attribute_member *set =
	    arena_alloc(g->arena, (n + m + 1) * sizeof(*set));
	struct attribute_list book;
	size_t count = 0;
	enum status st = attribute_store_list(g->db, g->arena, &book, g->err);

	if (st != STATUS_OK)
		return st;
	for (size_t i = 0; i < n; i++)
		compare_attribute(g, &book, now[i].name, now[i].json,
		    attributes_get(then, m, now[i].name), set, &count);
	for (size_t i = 0; i < m; i++)
		if (!attributes_get(now, n, then[i].name))
			compare_attribute(g, &book, then[i].name, NULL,
			    then[i].json, set, &count);
	const char *text =
	    attributes_merge(g->arena, g->new.attributes, set, count);

	if (!text)
		return refuse(g, STATUS_INVALID, "These are too many values.");
	g->new.attributes = text;
	return STATUS_OK;
}

static bool has_name(
    struct arena *a, const char *const *names, size_t count, const char *name)
{
	const char *folded = utf8_fold(a, name);

	for (size_t i = 0; i < count; i++)
		if (str_equal(folded, utf8_fold(a, names[i])))
			return true;
	return false;
}

static const char *joined(
    struct arena *a, const char *const *names, size_t count)
{
	const char *text = count ? names[0] : "";

	for (size_t i = 1; i < count; i++)
		text = arena_printf(a, "%s, %s", text, names[i]);
	return text;
}

/* The tags or campaigns of the version that the book still has. */
static enum status still_there(struct going_back *g, bool campaigns,
    const char *const *names, size_t count, const char ***out, size_t *n)
{
	*out = arena_alloc(g->arena, (count + 1) * sizeof(**out));
	*n = 0;
	for (size_t i = 0; i < count; i++) {
		struct campaign_id campaign;
		struct tag_id tag;
		enum status st = campaigns ? campaign_store_find(g->db,
						 names[i], &campaign, g->err)
					   : tag_store_find(g->db, "tag",
						 names[i], &tag, g->err);

		if (st == STATUS_OK)
			(*out)[(*n)++] = names[i];
		else if (st == STATUS_NOT_FOUND)
			leave_out(g, names[i]);
		else
			return st;
	}
	return STATUS_OK;
}

/* True, with a line and what the revision keeps, when they differ. */
static bool compare_names(struct going_back *g, const char *key,
    const char *const *now, size_t now_count, const char *const *then,
    size_t then_count)
{
	bool changed = then_count != now_count;

	for (size_t i = 0; i < then_count; i++)
		changed |= !has_name(g->arena, now, now_count, then[i]);
	if (!changed)
		return false;
	contact_put_names(&g->w, key, now, now_count);
	add_line(g, contact_key_label(key), joined(g->arena, now, now_count),
	    joined(g->arena, then, then_count));
	return true;
}

static enum status compare_tags(struct going_back *g)
{
	const struct contact *now = &g->out->result.contact;
	const struct contact *was = &g->was.contact;
	enum status st = still_there(g, false, was->tags, was->tag_count,
	    &g->new.tags, &g->new.tag_count);

	g->tags_changed = st == STATUS_OK &&
			  compare_names(g, "_tags", now->tags, now->tag_count,
			      g->new.tags, g->new.tag_count);
	return st;
}

static enum status compare_campaigns(struct going_back *g)
{
	const struct contact *now = &g->out->result.contact;
	const struct contact *was = &g->was.contact;
	enum status st = still_there(g, true, was->campaigns,
	    was->campaign_count, &g->new.campaigns, &g->new.campaign_count);

	g->campaigns_changed =
	    st == STATUS_OK &&
	    compare_names(g, "_campaigns", now->campaigns, now->campaign_count,
		g->new.campaigns, g->new.campaign_count);
	return st;
}

/* Static segments that it was in and is not, or the other way round. */
static enum status find_segments(
    struct going_back *g, const char *const *names, size_t count)
{
	const struct contact_was *was = &g->was;

	g->join =
	    arena_alloc(g->arena, (was->segment_count + 1) * sizeof(*g->join));
	g->leave =
	    arena_alloc(g->arena, (g->segment_count + 1) * sizeof(*g->leave));
	g->join_count = g->leave_count = 0;
	for (size_t i = 0; i < was->segment_count; i++) {
		struct segment_id id;

		if (has_name(g->arena, names, count, was->segments[i]))
			continue;
		enum status st = segment_store_find_static(
		    g->db, was->segments[i], &id, g->err);

		if (st == STATUS_OK)
			g->join[g->join_count++] = id;
		else if (st == STATUS_NOT_FOUND)
			leave_out(g, was->segments[i]);
		else
			return st;
	}
	for (size_t i = 0; i < g->segment_count; i++)
		if (!has_name(g->arena, was->segments, was->segment_count,
			g->segments[i].name))
			g->leave[g->leave_count++] = g->segments[i].id;
	return STATUS_OK;
}

static enum status compare_segments(struct going_back *g)
{
	size_t n = g->segment_count;
	const char **names = arena_alloc(g->arena, (n + 1) * sizeof(*names));

	for (size_t i = 0; i < n; i++)
		names[i] = g->segments[i].name;
	enum status st = find_segments(g, names, n);

	if (st != STATUS_OK || (!g->join_count && !g->leave_count))
		return st;
	json_key(&g->w, "_segments");
	json_open(&g->w, '[');
	for (size_t i = 0; i < n; i++)
		json_put_text(&g->w, names[i]);
	json_close(&g->w, ']');
	add_line(g, "Segments", joined(g->arena, names, n),
	    joined(g->arena, g->was.segments, g->was.segment_count));
	return STATUS_OK;
}

static enum status compare(struct going_back *g)
{
	struct attribute_member *now = NULL, *then = NULL;
	size_t n = 0, m = 0;

	attributes_parse(g->arena, g->new.attributes, &now, &n);
	attributes_parse(g->arena, g->was.contact.attributes, &then, &m);
	g->out->lines = arena_alloc(
	    g->arena, (FIELD_COUNT + n + m + 4) * sizeof(*g->out->lines));
	g->out->left_out = arena_alloc(g->arena, LEFT_OUT_MAX * sizeof(char *));
	compare_fields(g);
	enum status st = compare_attributes(g, now, n, then, m);

	if (st == STATUS_OK)
		st = compare_tags(g);
	if (st == STATUS_OK)
		st = compare_campaigns(g);
	return st == STATUS_OK ? compare_segments(g) : st;
}

/* --- writing it --- */

static enum status move_segments(struct going_back *g)
{
	enum status st = STATUS_OK;

	for (size_t i = 0; st == STATUS_OK && i < g->join_count; i++)
		st = contact_batch_add_segment(g->db, g->join[i].n,
		    (struct import_id){0}, &g->id.n, 1, g->err);
	for (size_t i = 0; st == STATUS_OK && i < g->leave_count; i++)
		st = segment_store_take(g->db, g->leave[i], g->id, g->err);
	return st;
}

static enum status write_it(struct going_back *g)
{
	struct contact_revision r = {.kind = REVISION_RESTORE};
	const struct contact *old = &g->out->result.contact;
	struct consent_entry how = consent_ledger_by(g->actor);
	struct err *e = g->err;

	how.detail = arena_printf(
	    g->arena, "back to version %llu", (unsigned long long)g->version);
	json_close(&g->w, '}');
	g->new.updated_at = clock_now();
	const struct suppression_gate gate = {
	    .value = g->new.value,
	    .had = old->value,
	    .id = g->id,
	    .actor = g->actor,
	    .now = g->new.updated_at,
	};
	enum status st =
	    contact_ask_suppression(g->db, g->arena, &gate, &g->out->result, e);

	if (st == STATUS_OK)
		st = contact_revise(
		    g->db, &r, old, g->actor, str_text(&g->before), e);
	if (st == STATUS_OK)
		st = contact_store_update(g->db, &g->new, e);
	if (st == STATUS_OK)
		st = consent_ledger_opted(g->db, old, &g->new, &how, e);
	if (st == STATUS_OK && g->tags_changed)
		st = tag_store_set(
		    g->db, g->id, g->new.tags, g->new.tag_count, e);
	if (st == STATUS_OK && g->campaigns_changed)
		st = campaign_store_set(
		    g->db, g->id, g->new.campaigns, g->new.campaign_count, e);
	if (st == STATUS_OK)
		st = move_segments(g);
	if (st == STATUS_OK)
		st = audit_add(g->db, g->actor, "contact.update",
		    contact_subject_text(g->arena, g->id), how.detail, e);
	g->out->result.changed = st == STATUS_OK;
	return st;
}

static enum status attempt(struct db *db, void *arg, struct err *e)
{
	struct going_back *g = arg;

	memset(g->out, 0, sizeof(*g->out));
	g->db = db;
	g->err = e;
	str_reset(&g->before);
	json_writer_init(&g->w, &g->before);
	json_open(&g->w, '{');
	enum status st = load(g);

	if (st == STATUS_OK)
		st = compare(g);
	if (st == STATUS_OK)
		g->out->overturns_optout =
		    !consent_may_opt(&g->out->result.contact,
			g->new.value[FIELD_WHATSAPP_OPTED], NULL, 0, false);
	if (st != STATUS_OK || !g->actor || !g->out->line_count)
		return st;
	if (g->out->overturns_optout && !g->optin_confirmed) {
		contact_message_add(g->arena, &g->out->result,
		    contact_fields[FIELD_WHATSAPP_OPTED].key,
		    "This person opted out since. Confirm that they opted in "
		    "again, to set the contact back to this version.");
		return ERR(e, STATUS_INVALID, "it overturns an opt-out");
	}
	return write_it(g);
}

static enum status go_back(struct db *db, struct going_back *g, struct err *e)
{
	str_init(&g->before, 4 * ATTRIBUTES_MAX);
	enum status st =
	    g->actor ? db_transact(db, attempt, g, e) : attempt(db, g, e);

	str_release(&g->before);
	return st;
}

enum status contact_version_compare(struct db *db, struct arena *a,
    struct contact_id id, uint64_t version, struct contact_version *out,
    struct err *e)
{
	struct going_back g = {
	    .arena = a, .id = id, .version = version, .out = out};

	return go_back(db, &g, e);
}

enum status contact_version_restore(struct db *db, struct arena *a,
    const struct actor *actor, struct contact_id id, uint64_t version,
    uint64_t from, bool optin_confirmed, struct contact_version *out,
    struct err *e)
{
	struct going_back g = {.arena = a,
	    .actor = actor,
	    .id = id,
	    .version = version,
	    .from = from,
	    .optin_confirmed = optin_confirmed,
	    .out = out};
	enum status st = go_back(db, &g, e);
	struct contact_result *r = &out->result;

	if (st == STATUS_CONFLICT && !r->in_trash &&
	    (!from || from == r->contact.version))
		return contact_taken(db, a, &g.new, r, e);
	if (st == STATUS_OK && r->changed)
		st = contact_store_get(db, a, id, false, &r->contact, e);
	return st;
}
