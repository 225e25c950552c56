/* contact_timeline.c: the timeline of a contact in a template */
/* SPDX-License-Identifier: MIT */
#include "web/parts/contact_timeline.h"

#include "base/clock.h"
#include "base/str.h"
#include "domain/contact/contact_history.h"
#include "domain/contact/contact_state.h"
#include "domain/whatsapp/message_words.h"
#include "storage/message_store.h"

#define ENTRIES 25u
#define LABELS_SHOWN 3u

/* "City, Tags and 2 more"; "" for nothing but the trash. */
static const char *labels(struct arena *a, const struct history_entry *entry)
{
	const char *text = "";
	size_t n = 0;

	for (size_t i = 0; i < entry->line_count; i++) {
		const struct history_line *line = &entry->lines[i];

		if (str_equal(line->key, "_trashed_at"))
			continue;
		if (n++ < LABELS_SHOWN)
			text = arena_printf(
			    a, "%s%s%s", text, n > 1 ? ", " : "", line->label);
	}
	if (n > LABELS_SHOWN)
		text =
		    arena_printf(a, "%s and %zu more", text, n - LABELS_SHOWN);
	return text;
}

/* A state by its label, anything else as it is kept. */
static const char *shown(const struct history_line *line, const char *value)
{
	return str_equal(line->key, contact_fields[FIELD_STATE].key)
		   ? contact_state_label(value)
		   : value;
}

static const char *what(struct arena *a, const struct history_entry *entry)
{
	const struct contact_revision *r = entry->revision;
	const char *changed = labels(a, entry);

	if (entry->trashed)
		return r->kind == REVISION_MERGE ? "Merged into another contact"
						 : "Moved to the trash";
	if (entry->restored)
		return *changed ? arena_printf(
				      a, "Taken out of the trash; %s", changed)
				: "Taken out of the trash";
	if (entry->line_count == 1 && str_equal(entry->lines[0].key, "state") &&
	    r->kind != REVISION_RESTORE)
		return arena_printf(a, "State set to %s",
		    shown(&entry->lines[0], entry->lines[0].new));
	if (!*changed)
		return "Nothing that is shown here";
	if (r->kind == REVISION_MERGE)
		return arena_printf(a, "Merged: %s", changed);
	if (r->kind == REVISION_RESTORE)
		return arena_printf(a, "Earlier version restored: %s", changed);
	return arena_printf(a, "%s changed", changed);
}

const char *contact_timeline_job(const char *kind)
{
	if (str_equal(kind, "bulk"))
		return "Bulk change";
	if (str_equal(kind, "merge"))
		return "Merge";
	return str_equal(kind, "undo") ? "Undo" : "Job";
}

static void fill_who(struct node *n, const struct contact_revision *r)
{
	node_set(n, "Who", r->member_name);
	node_set_flag(n, "Api", r->token.n != 0);
	node_set(n, "Token", r->token_name);
	if (r->import.n) {
		node_set_int(n, "Import", (int64_t)r->import.n);
		node_set(n, "File", r->import_file);
		node_set_int(n, "Row", (int64_t)r->import_row);
	}
	if (r->job.n) {
		node_set_int(n, "Job", (int64_t)r->job.n);
		node_set(n, "JobKind", r->job_kind);
		node_set(n, "JobTitle", contact_timeline_job(r->job_kind));
	}
}

static void fill_change(struct arena *a, struct node *n,
    const struct history_entry *entry, const struct contact *now, int64_t at)
{
	node_set(n, "Kind", "change");
	node_set_time(n, "At", entry->revision->at, at);
	node_set_int(n, "Revision", (int64_t)entry->revision->id);
	node_set_int(n, "Version", (int64_t)entry->version);
	node_set(n, "What", what(a, entry));
	node_set_flag(n, "Restorable",
	    !now->trashed_at && !entry->in_trash &&
		entry->version != now->version);
	fill_who(n, entry->revision);
	for (size_t i = 0; i < entry->line_count; i++) {
		struct node *line = node_add(n, "Lines");

		node_set(line, "Label", entry->lines[i].label);
		node_set_value(
		    line, "Old", shown(&entry->lines[i], entry->lines[i].old));
		node_set_value(
		    line, "New", shown(&entry->lines[i], entry->lines[i].new));
	}
}

static void fill_creation(struct node *n, const struct contact *c, int64_t at)
{
	node_set(n, "Kind", "created");
	node_set_time(n, "At", c->created_at, at);
	node_set_int(n, "Version", 1);
	node_set_flag(n, "Restorable", !c->trashed_at && c->version > 1);
	if (c->created_by_import)
		node_set_int(n, "Import", (int64_t)c->created_by_import);
}

static void fill_message(
    struct arena *a, struct node *n, const struct message *m, int64_t at)
{
	struct message_words words = message_words(a, m);

	node_set(n, "Kind", "message");
	node_set_time(n, "At", m->at, at);
	node_set_flag(n, "Outgoing", m->outgoing);
	node_set_flag(n, "Notice", str_equal(m->type, "system"));
	node_set(n, "MessageKind", words.kind);
	node_set(n, "Text", words.text);
	node_set(n, "More", words.more);
	node_set(n, "Status", m->status);
}

/* --- changes and messages, in one order --- */

/* Where a page of the timeline ends: below this change, before this message. */
struct place {
	uint64_t change;
	int64_t message_at;
	uint64_t message;
};

struct page {
	struct history h;
	size_t change;
	struct message *messages;
	size_t message_count;
	size_t message;
	struct place end;
};

static bool read_place(struct request *rq, struct place *out)
{
	const char *change = form_text(&rq->params, "before");
	const char *moment = form_text(&rq->params, "until");
	const char *message = form_text(&rq->params, "below");
	unsigned long long n[3] = {0, INT64_MAX, UINT64_MAX >> 1};

	if ((*change && (!str_to_u64(change, &n[0]) || !n[0])) ||
	    (*moment && !str_to_u64(moment, &n[1])) ||
	    (*message && !str_to_u64(message, &n[2])))
		return false;
	*out = (struct place){n[0], (int64_t)n[1], n[2]};
	return true;
}

static bool message_is_next(const struct page *p)
{
	if (p->message == p->message_count)
		return false;
	return p->change == p->h.count ||
	       p->messages[p->message].at >=
		   p->h.entries[p->change].revision->at;
}

static void fill_entries(struct request *rq, struct node *root, struct page *p,
    const struct contact *c, int64_t at)
{
	for (size_t i = 0; i < ENTRIES; i++) {
		if (message_is_next(p)) {
			const struct message *m = &p->messages[p->message++];

			fill_message(
			    rq->arena, node_add(root, "Timeline"), m, at);
			p->end.message_at = m->at;
			p->end.message = m->id;
		} else if (p->change < p->h.count) {
			const struct history_entry *entry =
			    &p->h.entries[p->change++];

			fill_change(rq->arena, node_add(root, "Timeline"),
			    entry, c, at);
			p->end.change = entry->revision->id;
		}
	}
}

static const char *older_path(
    struct arena *a, const struct contact *c, const struct place *end)
{
	const char *path = arena_printf(a,
	    "/contacts/%llu?until=%lld&below=%llu", (unsigned long long)c->id.n,
	    (long long)end->message_at, (unsigned long long)end->message);

	return end->change ? arena_printf(a, "%s&before=%llu", path,
				 (unsigned long long)end->change)
			   : path;
}

static void fill_end(struct request *rq, struct node *root, struct page *p,
    const struct contact *c, int64_t at)
{
	if (p->change < p->h.count || p->h.older ||
	    p->message < p->message_count)
		node_set(root, "Older", older_path(rq->arena, c, &p->end));
	else
		fill_creation(node_add(root, "Timeline"), c, at);
	if (*rq->query)
		node_set(root, "Newest",
		    arena_printf(rq->arena, "/contacts/%llu",
			(unsigned long long)c->id.n));
}

enum status contact_timeline_fill(struct request *rq, struct node *root,
    const struct contact_was *now, struct err *e)
{
	const struct contact *c = &now->contact;
	int64_t at = clock_now();
	struct page p = {.change = 0};

	if (!read_place(rq, &p.end))
		return ERR(e, STATUS_INVALID, "no place in the timeline");
	enum status st = contact_history_load(
	    rq->db, rq->arena, now, p.end.change, ENTRIES, &p.h, e);

	if (st == STATUS_OK)
		st = message_store_list(rq->db, rq->arena, c->id,
		    p.end.message_at, p.end.message, ENTRIES + 1, &p.messages,
		    &p.message_count, e);
	if (st != STATUS_OK)
		return st;
	fill_entries(rq, root, &p, c, at);
	fill_end(rq, root, &p, c, at);
	return STATUS_OK;
}
