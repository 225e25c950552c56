/* contact.c: one contact with its timeline */
/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "base/str.h"
#include "domain/attribute_types.h"
#include "domain/attributes.h"
#include "domain/contact_history.h"
#include "storage/attribute_store.h"
#include "storage/contact_store.h"
#include "storage/segment_store.h"
#include "web/contact_view.h"
#include "web/message_preview.h"
#include "web/routes.h"

#define TIMELINE_MAX 100

static const char *shown(
    struct arena *a, enum contact_field f, const char *value)
{
	if (f == FIELD_PHONE)
		return contact_view_phone(a, value);
	if (f == FIELD_STATE)
		return contact_view_state(value);
	if (f == FIELD_WHATSAPP_OPTED)
		return str_equal(value, "yes")	? "Yes"
		       : str_equal(value, "no") ? "No"
						: "Unknown";
	return value;
}

static void fill_groups(
    struct arena *a, struct node *root, const struct contact *c)
{
	static const struct {
		enum field_group group;
		const char *title;
	} groups[] = {
	    {GROUP_IDENTITY, "Reach"},
	    {GROUP_NAME, "Name"},
	    {GROUP_PLACE, "Place"},
	    {GROUP_WHATSAPP, "WhatsApp"},
	};
	int64_t now = clock_now();

	for (size_t g = 0; g < sizeof(groups) / sizeof(*groups); g++) {
		struct node *group = node_add(root, "Groups");

		node_set(group, "Title", groups[g].title);
		for (int i = 0; i < FIELD_COUNT; i++) {
			const char *value =
			    shown(a, (enum contact_field)i, c->value[i]);
			int64_t ms = 0;

			if (contact_fields[i].group != groups[g].group ||
			    !*value)
				continue;
			struct node *n = node_add(group, "Fields");

			node_set(n, "Label", contact_fields[i].label);
			if (i == FIELD_WHATSAPP_OPTED_AT &&
			    clock_parse(value, true, &ms))
				node_set_time(n, "Time", ms, now);
			else
				node_set(n, "Value", value);
		}
	}
}

static enum status fill_attributes(struct request *rq, struct node *root,
    const struct contact *c, struct err *e)
{
	struct attribute_list book;
	struct attribute_member *members = NULL;
	size_t count = 0;
	enum status st = attribute_store_list(rq->db, rq->arena, &book, e);

	if (st != STATUS_OK)
		return st;
	attributes_parse(rq->arena, c->attributes, &members, &count);
	for (size_t i = 0; i < book.count; i++) {
		const struct attribute *t = &book.items[i];
		const char *json = attributes_get(members, count, t->name);

		if (!json)
			continue;
		struct node *n = node_add(root, "Attributes");

		node_set(n, "Label", *t->label ? t->label : t->name);
		node_set(n, "Value",
		    t->type == TYPE_BOOLEAN
			? (str_equal(json, "true") ? "Yes" : "No")
			: attributes_plain(rq->arena, json));
	}
	message_preview_contact(rq, root, c, &book);
	return STATUS_OK;
}

static enum status fill_segments(struct request *rq, struct node *root,
    const struct contact *c, struct err *e)
{
	struct segment *segments;
	size_t n;
	enum status st = segment_store_of_contact(
	    rq->db, rq->arena, c->id, &segments, &n, e);

	for (size_t i = 0; st == STATUS_OK && i < n; i++) {
		struct node *row = node_add(root, "Segments");

		node_set(row, "Name", segments[i].name);
		node_set(row, "Path",
		    arena_printf(rq->arena, "/contacts?segment=%s",
			url_escape(rq->arena, segments[i].name)));
	}
	return st;
}

static void fill_entry(
    struct node *n, const struct history_entry *entry, int64_t now)
{
	const struct contact_revision *r = entry->revision;

	node_set_time(n, "At", r->at, now);
	node_set(n, "Who", r->member_name);
	node_set_flag(n, "Api", r->token.n != 0);
	if (r->import.n) {
		node_set_int(n, "Import", (int64_t)r->import.n);
		node_set(n, "File", r->import_file);
		node_set_int(n, "Row", (int64_t)r->import_row);
	}
	for (size_t i = 0; i < entry->line_count; i++) {
		struct node *line = node_add(n, "Lines");

		node_set(line, "Label", entry->lines[i].label);
		node_set(line, "Old", entry->lines[i].old);
		node_set(line, "New", entry->lines[i].new);
	}
}

static enum status fill_timeline(struct request *rq, struct node *root,
    const struct contact *c, struct err *e)
{
	struct history_entry *entries;
	int64_t now = clock_now();
	size_t n;
	enum status st = contact_history_load(
	    rq->db, rq->arena, c, TIMELINE_MAX, &entries, &n, e);

	if (st != STATUS_OK)
		return st;
	for (size_t i = 0; i < n; i++)
		fill_entry(node_add(root, "Timeline"), &entries[i], now);
	node_set_flag(root, "OlderChanges", n == TIMELINE_MAX);
	node_set_time(root, "CreatedAt", c->created_at, now);
	if (c->created_by_import)
		node_set_int(root, "CreatedBy", (int64_t)c->created_by_import);
	return STATUS_OK;
}

enum status page_contact(struct request *rq, struct response *rs, struct err *e)
{
	struct node *root = view_root(rs->view);
	struct contact c;
	enum status st = contact_store_get(
	    rq->db, rq->arena, (struct contact_id){rq->path_id}, false, &c, e);

	if (st != STATUS_OK)
		return st;
	node_set(root, "Title", contact_view_title(rq->arena, &c));
	node_set_int(root, "Id", (int64_t)c.id.n);
	node_set_flag(root, "Active", contact_is_active(&c, clock_now()));
	node_set_time(root, "LastActive", c.last_active, clock_now());
	fill_groups(rq->arena, root, &c);
	for (size_t i = 0; i < c.tag_count; i++) {
		struct node *n = node_add(root, "Tags");

		node_set(n, "Name", c.tags[i]);
		node_set(n, "Path",
		    arena_printf(rq->arena, "/contacts?tag=%s",
			url_escape(rq->arena, c.tags[i])));
	}
	st = fill_attributes(rq, root, &c, e);
	if (st == STATUS_OK)
		st = fill_segments(rq, root, &c, e);
	return st == STATUS_OK ? fill_timeline(rq, root, &c, e) : st;
}
