/* contact.c: one contact with its timeline */
/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "base/str.h"
#include "domain/attribute_types.h"
#include "domain/attributes.h"
#include "domain/contact/contact_state.h"
#include "storage/attribute_store.h"
#include "storage/campaign_store.h"
#include "storage/contact_store.h"
#include "storage/segment_store.h"
#include "web/parts/consent_view.h"
#include "web/parts/contact_timeline.h"
#include "web/parts/contact_view.h"
#include "web/parts/import_view.h"
#include "web/parts/message_preview.h"
#include "web/routes.h"

static const char *shown(
    struct arena *a, enum contact_field f, const char *value)
{
	if (f == FIELD_PHONE)
		return contact_view_phone(a, value);
	if (f == FIELD_STATE)
		return contact_state_label(value);
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
	    {GROUP_IDENTITY, "Identity"},
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

			if (contact_fields[i].group != groups[g].group)
				continue;
			if (!*value) {
				node_set(node_add(group, "Empty"), "Label",
				    contact_fields[i].label);
				continue;
			}
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

		struct node *n =
		    node_add(root, json ? "Attributes" : "EmptyAttributes");

		node_set(n, "Label", *t->label ? t->label : t->name);
		if (!json)
			continue;
		node_set_value(n, "Value",
		    t->type == TYPE_BOOLEAN
			? (str_equal(json, "true") ? "Yes" : "No")
			: attributes_plain(rq->arena, json));
	}
	message_preview_contact(rq, root, c, &book);
	return STATUS_OK;
}

/* With the segments for the timeline too. */
static enum status fill_segments(struct request *rq, struct node *root,
    struct contact_was *now, struct err *e)
{
	struct segment *segments;
	size_t n;
	enum status st = segment_store_of_contact(
	    rq->db, rq->arena, now->contact.id, &segments, &n, e);

	if (st != STATUS_OK)
		return st;
	now->segments = arena_alloc(rq->arena, (n + 1) * sizeof(char *));
	for (size_t i = 0; i < n; i++) {
		struct node *row = node_add(root, "Segments");

		now->segments[now->segment_count++] = segments[i].name;
		node_set(row, "Name", segments[i].name);
		node_set(row, "Path",
		    arena_printf(rq->arena, "/contacts?segment=%s",
			url_escape(rq->arena, segments[i].name)));
	}
	return st;
}

static void fill_names(struct request *rq, struct node *root, const char *list,
    const char *param, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct node *n = node_add(root, list);

		node_set(n, "Name", names[i]);
		node_set(n, "Path",
		    arena_printf(rq->arena, "/contacts?%s=%s", param,
			url_escape(rq->arena, names[i])));
	}
}

static enum status fill_campaigns(
    struct request *rq, struct node *root, struct contact *c, struct err *e)
{
	enum status st = campaign_store_of_contact(
	    rq->db, rq->arena, c->id, &c->campaigns, &c->campaign_count, e);

	fill_names(
	    rq, root, "Campaigns", "campaign", c->campaigns, c->campaign_count);
	return st;
}

/* The state, and a button for each that may follow. */
static void fill_state(struct node *root, const struct contact *c)
{
	const struct contact_state *next[CONTACT_STATES];
	const char *now = c->value[FIELD_STATE];
	size_t n = contact_state_next(now, next);

	node_set(root, "State", contact_state_label(now));
	node_set(root, "StateDot", contact_view_state_dot(now));
	for (size_t i = 0; i < n && !c->trashed_at; i++) {
		struct node *one = node_add(root, "NextStates");

		node_set(one, "Key", next[i]->key);
		node_set(one, "Label", next[i]->label);
	}
}

static void fill_record(struct node *root, const struct contact *c, int64_t now)
{
	node_set_int(root, "Id", (int64_t)c->id.n);
	node_set_int(root, "Version", (int64_t)c->version);
	node_set_flag(root, "Active", contact_is_active(c, now));
	node_set_time(root, "LastActive", c->last_active, now);
	node_set_time(root, "CreatedAt", c->created_at, now);
	node_set_time(root, "UpdatedAt", c->updated_at, now);
	if (c->created_by_import)
		node_set_int(root, "CreatedBy", (int64_t)c->created_by_import);
}

/* A contact in the trash can still be looked at, but it is not in the book:
 * the status says so. */
static enum status fill_trashed(struct request *rq, struct response *rs,
    struct node *root, const struct contact *c, struct err *e)
{
	struct contact_revision r;
	enum status st =
	    contact_revision_trashing(rq->db, rq->arena, c->id, &r, e);

	if (st != STATUS_OK && st != STATUS_NOT_FOUND)
		return st;
	rs->code = 404;
	node_set_time(root, "TrashedAt", c->trashed_at, clock_now());
	if (c->merged_into)
		node_set_int(root, "MergedInto", (int64_t)c->merged_into);
	if (st == STATUS_OK)
		node_set(root, "TrashedBy", r.member_name);
	if (c->merged_into)
		node_set_int(root, "MergedInto", (int64_t)c->merged_into);
	node_set_flag(root, "CanPurge", rq->member->role >= ROLE_ADMIN);
	return STATUS_OK;
}

static enum status fill_timeline(struct request *rq, struct response *rs,
    struct node *root, const struct contact_was *now, struct err *e)
{
	enum status st = contact_timeline_fill(rq, root, now, e);

	if (st != STATUS_INVALID)
		return st;
	rs->code = 400;
	rs->message = "This part of the timeline cannot be found. Begin with "
		      "the contact's page.";
	return ERR(e, STATUS_NOT_FOUND, "no place in the timeline");
}

enum status page_contact(struct request *rq, struct response *rs, struct err *e)
{
	struct node *root = view_root(rs->view);
	struct contact_was now = {.segments = NULL};
	struct contact *c = &now.contact;
	enum status st = contact_store_get(
	    rq->db, rq->arena, (struct contact_id){rq->path_id}, false, c, e);

	if (st != STATUS_OK)
		return st;
	node_set(root, "Title", contact_view_title(rq->arena, c));
	fill_record(root, c, clock_now());
	fill_state(root, c);
	fill_groups(rq->arena, root, c);
	fill_names(rq, root, "Tags", "tag", c->tags, c->tag_count);
	st = fill_attributes(rq, root, c, e);
	if (st == STATUS_OK && c->trashed_at)
		st = fill_trashed(rq, rs, root, c, e);
	if (st == STATUS_OK)
		st = consent_view_state(rq, rs, c->id, e);
	if (st == STATUS_OK && c->created_by_import)
		st = import_fill_name(rq, node_child(root, "CreatedImport"),
		    c->created_by_import, e);
	if (st == STATUS_OK)
		st = fill_segments(rq, root, &now, e);
	if (st == STATUS_OK)
		st = fill_campaigns(rq, root, c, e);
	return st == STATUS_OK ? fill_timeline(rq, rs, root, &now, e) : st;
}
