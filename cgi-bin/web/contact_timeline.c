/* contact_timeline.c: the timeline of a contact in a template */
/* SPDX-License-Identifier: MIT */
#include "web/contact_timeline.h"

#include "base/clock.h"
#include "base/str.h"
#include "domain/contact_history.h"

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
	if (!*changed)
		return "Nothing that is shown here";
	if (r->kind == REVISION_MERGE)
		return arena_printf(a, "Merged: %s", changed);
	if (r->kind == REVISION_RESTORE)
		return arena_printf(a, "Earlier version restored: %s", changed);
	return arena_printf(a, "%s changed", changed);
}

static const char *job_title(const char *kind)
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
		node_set_int(n, "RowBefore",
		    r->import_row ? (int64_t)r->import_row - 1 : 0);
	}
	if (r->job.n) {
		node_set_int(n, "Job", (int64_t)r->job.n);
		node_set(n, "JobKind", r->job_kind);
		node_set(n, "JobTitle", job_title(r->job_kind));
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
		node_set(line, "Old", entry->lines[i].old);
		node_set(line, "New", entry->lines[i].new);
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

enum status contact_timeline_fill(struct request *rq, struct node *root,
    const struct contact_was *now, struct err *e)
{
	const struct contact *c = &now->contact;
	const char *place = form_text(&rq->params, "before");
	unsigned long long below = 0, id = c->id.n;
	int64_t at = clock_now();
	struct history h;

	if (*place && (!str_to_u64(place, &below) || !below))
		return ERR(e, STATUS_INVALID, "no place in the timeline");
	enum status st =
	    contact_history_load(rq->db, rq->arena, now, below, ENTRIES, &h, e);

	if (st != STATUS_OK)
		return st;
	for (size_t i = 0; i < h.count; i++)
		fill_change(rq->arena, node_add(root, "Timeline"),
		    &h.entries[i], c, at);
	if (!h.older)
		fill_creation(node_add(root, "Timeline"), c, at);
	else
		node_set(root, "Older",
		    arena_printf(rq->arena, "/contacts/%llu?before=%llu", id,
			(unsigned long long)h.older));
	if (below)
		node_set(root, "Newest",
		    arena_printf(rq->arena, "/contacts/%llu", id));
	return STATUS_OK;
}
