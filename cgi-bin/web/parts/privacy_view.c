/* privacy_view.c: people and erasures on pages */
/* SPDX-License-Identifier: MIT */
/*
 * The readable form of a person's data is made of the same JSON that is given
 * as a file, so that neither can have what the other lacks.
 */
#include "web/parts/privacy_view.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/str.h"
#include "domain/contact/contact_message.h"
#include "domain/privacy/person_data.h"
#include "web/parts/contact_view.h"

#define DATA_CAP (6u << 20) /* bytes of JSON that a page can hold */

static const char *const by_labels[PERSON_BYS] = {
    [PERSON_BY_PHONE] = "Phone number",
    [PERSON_BY_EMAIL] = "E-mail address",
    [PERSON_BY_USER_ID] = "User ID",
    [PERSON_BY_WA_USER_ID] = "WhatsApp user id",
    [PERSON_BY_USERNAME] = "WhatsApp username",
    [PERSON_BY_ID] = "Number of the contact",
};

void privacy_view_bys(struct node *root)
{
	for (int i = 0; i < PERSON_BYS; i++) {
		struct node *row = node_add(root, "Bys");

		node_set(row, "Value", person_bys[i]);
		node_set(row, "Label", by_labels[i]);
	}
}

enum person_by privacy_view_by(const char *key)
{
	int i = 0;

	while (i < PERSON_BYS && !str_equal(person_bys[i], key))
		i++;
	return (enum person_by)i;
}

enum status privacy_view_person(
    struct request *rq, uint64_t contact, struct person *out, struct err *e)
{
	struct person_found found;
	enum status st = person_find(rq->db, rq->arena, PERSON_BY_ID,
	    arena_printf(rq->arena, "%llu", (unsigned long long)contact),
	    &found, e);

	if (st == STATUS_INVALID || (st == STATUS_OK && !found.count))
		return ERR(e, STATUS_NOT_FOUND, "no such contact");
	if (st == STATUS_OK)
		*out = found.people[0];
	return st;
}

static void add_count(struct node *n, const char *label, uint64_t count)
{
	struct node *row = node_add(n, "Counts");

	node_set(row, "Label", label);
	node_set_count(row, "Count", count);
}

enum status privacy_view_who(struct request *rq, struct node *n,
    const struct person *p, int64_t now, struct err *e)
{
	const struct contact *c = &p->contact;
	struct person_counts sum = {0};
	struct id_list rows = {0};
	enum status st = STATUS_OK;

	for (size_t i = 0; st == STATUS_OK && i < p->ids.count; i++) {
		st = person_store_count(rq->db, p->ids.ids[i], &sum, e);
		if (st == STATUS_OK)
			st = person_store_rows(
			    rq->db, rq->arena, p->ids.ids[i], &rows, e);
	}
	n = node_child(n, "Person");
	node_set_int(n, "Id", (int64_t)c->id.n);
	node_set(n, "Name", contact_view_title(rq->arena, c));
	node_set(
	    n, "Phone", contact_view_phone(rq->arena, c->value[FIELD_PHONE]));
	node_set(n, "Email", c->value[FIELD_EMAIL]);
	node_set_time(n, "TrashedAt", c->trashed_at, now);
	node_set_int(n, "Merged", (int64_t)p->ids.count - 1);
	add_count(n, "contacts", sum.contacts);
	add_count(n, "earlier versions", sum.revisions);
	add_count(n, "messages", sum.messages);
	add_count(n, "entries of consent", sum.consents);
	add_count(n, "rows of files that got in", rows.count / 2);
	add_count(n, "tags", sum.tags);
	add_count(n, "segments", sum.segments);
	add_count(n, "campaigns", sum.campaigns);
	return st;
}

/* --- the readable form --- */

struct showing {
	struct arena *arena;
	struct node *item;
	const char *prefix; /* of the labels */
	int64_t now;
};

/* Keys whose own words would say too little. */
static const struct {
	const char *key;
	const char *label;
} labels[] = {
    {"at", "When"},
    {"counts", "Still counts"},
    {"words", "Words agreed to"},
    {"member_name", "Member"},
    {"token_name", "Token"},
    {"file_kept", "File is kept"},
};

/* Numbers that stand beside a name. */
static bool is_left_out(const char *key)
{
	return str_equal(key, "member") || str_equal(key, "token") ||
	       str_equal(key, "body");
}

static const char *label_of(struct showing *s, const char *key)
{
	for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++)
		if (str_equal(labels[i].key, key))
			return labels[i].label;
	const char *known = contact_key_label(key);

	if (*s->prefix)
		return arena_printf(s->arena, "%s %s", s->prefix, key);
	if (known && !str_equal(known, key))
		return known;
	char *label = arena_strdup(s->arena, key);

	for (char *p = label; *p; p++)
		*p = *p == '_' ? ' ' : *p;
	if (*label >= 'a' && *label <= 'z')
		*label = (char)(*label - 'a' + 'A');
	return label;
}

static void show_row(struct showing *s, const char *key, const char *value)
{
	struct node *row = node_add(s->item, "Rows");
	int64_t ms;

	node_set(row, "Label", label_of(s, key));
	if (strlen(value) == 24 && value[10] == 'T' && value[23] == 'Z' &&
	    clock_parse(value, false, &ms))
		node_set_time(row, "Time", ms, s->now);
	else
		node_set(row, "Value", value);
}

/* Texts of a list with commas between. */
static const char *joined(struct arena *a, const struct json_t *v)
{
	const char *text = "";

	for (size_t i = 0; i < json_count(v); i++) {
		const struct json_t *one = json_at(v, i);
		const char *word = json_text(one);

		text = arena_printf(a, "%s%s%s", text, i ? ", " : "",
		    word ? word : json_dump(a, one, false));
	}
	return text;
}

static bool show_member(void *arg, const char *key, struct json_t *v);

static void show_object(
    struct showing *s, const char *prefix, const struct json_t *v)
{
	struct showing inner = *s;

	inner.prefix = prefix;
	json_members(v, show_member, &inner);
}

/* Cells of a row of a file: the column is the label. */
static void show_cells(struct showing *s, const struct json_t *cells)
{
	for (size_t i = 0; i < json_count(cells); i++) {
		const struct json_t *cell = json_at(cells, i);
		const char *column = json_get_text(cell, "column");
		struct node *row = node_add(s->item, "Rows");

		node_set(row, "Label", column ? column : "(no column)");
		node_set(
		    row, "Value", str_or_empty(json_get_text(cell, "value")));
	}
}

static bool show_member(void *arg, const char *key, struct json_t *v)
{
	struct showing *s = arg;
	enum json_type type = json_type_of(v);
	bool flag = false;

	/* What the message said is shown; how it was sent stands in the file.
	 */
	if (!*s->prefix && is_left_out(key))
		return true;
	if (str_equal(key, "cells"))
		show_cells(s, v);
	else if (type == JSON_IS_OBJECT)
		show_object(s,
		    str_equal(key, "attributes") ? "Attribute"
		    : str_equal(key, "before")	 ? "Before:"
						 : key,
		    v);
	else if (type == JSON_IS_ARRAY && json_count(v))
		show_row(s, key, joined(s->arena, v));
	else if (type == JSON_IS_STRING && *json_text(v))
		show_row(s, key, json_text(v));
	else if (type == JSON_IS_BOOL && json_bool(v, &flag))
		show_row(s, key, flag ? "yes" : "no");
	else if (type == JSON_IS_NUMBER)
		show_row(s, key, json_dump(s->arena, v, false));
	else if (type == JSON_IS_NULL && *s->prefix)
		show_row(s, key, "(empty)");
	return true;
}

static void show_item(struct showing *s, struct node *section,
    const char *title, const struct json_t *v)
{
	s->item = node_add(section, "Items");
	s->prefix = "";
	node_set(s->item, "Title", title);
	json_members(v, show_member, s);
}

static void show_section(struct showing *s, struct node *root,
    const struct json_t *all, const char *key, const char *title,
    const char *of_item)
{
	const struct json_t *list = json_get(all, key);
	struct node *section = node_add(root, "Sections");

	node_set(section, "Title", title);
	if (json_type_of(list) == JSON_IS_OBJECT) {
		show_item(s, section, "", list);
		return;
	}
	node_set_count(section, "Count", json_count(list));
	for (size_t i = 0; i < json_count(list); i++)
		show_item(s, section,
		    arena_printf(s->arena, "%s %zu", of_item, i + 1),
		    json_at(list, i));
}

static bool keep(void *arg, const void *p, size_t n)
{
	struct str *out = arg;

	str_add(out, p, n);
	return !out->full;
}

enum status privacy_view_data(struct request *rq, struct node *root,
    const struct person *p, int64_t now, struct err *e)
{
	static const struct {
		const char *key;
		const char *title;
		const char *of_item;
	} sections[] = {
	    {"contact", "Contact", ""},
	    {"merged_contacts", "Contacts that were merged into it", "Contact"},
	    {"messages", "Messages", "Message"},
	    {"consents", "Consents", "Entry"},
	    {"imports", "Rows of imported files", "Row"},
	    {"history", "Earlier versions", "Change"},
	    {"jobs", "Changes of many contacts", "Change"},
	    {"duplicates", "Contacts that may be the same person", "Contact"},
	    {"deliveries", "Told to other programs", "Message"},
	    {"events", "Events of WhatsApp that nothing was done with",
		"Event"},
	};
	struct showing s = {.arena = rq->arena, .prefix = "", .now = now};
	struct json_t *all;
	struct str text;

	str_init(&text, DATA_CAP);
	enum status st = person_data_write(
	    rq->db, p, NULL, PERSON_DATA_PAGE_MS, keep, &text, NULL, e);

	node_set_flag(root, "TooLong", text.full);
	if (st == STATUS_OK && !text.full &&
	    json_parse(rq->arena, str_text(&text), text.len, &all, e) !=
		STATUS_OK)
		st = STATUS_FAILED;
	for (size_t i = 0; st == STATUS_OK && !text.full &&
			   i < sizeof(sections) / sizeof(*sections);
	     i++)
		show_section(&s, root, all, sections[i].key, sections[i].title,
		    sections[i].of_item);
	if (st == STATUS_OK && !text.full)
		node_set_count(root, "Unsearched",
		    json_count(json_get(all, "files_not_searched")));
	str_release(&text);
	return st;
}
