/* message_preview.c: a message with tokens, as contacts get it */
/* SPDX-License-Identifier: MIT */
#include "web/parts/message_preview.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "domain/attributes.h"
#include "domain/contact/merge_tokens.h"
#include "web/parts/contact_view.h"

/* A line ends with LF alone: a form sends CR LF. */
static const char *message_of(struct request *rq)
{
	char *text = arena_strdup(rq->arena, form_text(&rq->params, "message"));
	char *to = text;

	for (const char *p = text; *p; p++)
		if (*p != '\r')
			*to++ = *p;
	*to = '\0';
	return text;
}

/* Fills the form; the message, or "" when there is nothing to show. */
static const char *fill_form(struct request *rq, struct node *message)
{
	const char *text = message_of(rq);

	node_set(message, "Path", rq->path);
	node_set(message, "Text", text);
	if (utf8_length(text) <= MERGE_TEXT_MAX)
		return text;
	node_set(message, "Error",
	    "A message has at most 1,024 characters. Shorten it.");
	return "";
}

static void fill_piece(struct node *one, const struct merge_piece *piece)
{
	bool empty = piece->kind == MERGE_EMPTY;
	bool unknown = piece->kind == MERGE_UNKNOWN;
	struct node *n = node_add(one, "Pieces");

	node_set(n, "Text", piece->text);
	node_set_flag(n, "Empty", empty);
	node_set_flag(n, "Unknown", unknown);
	if (empty || unknown)
		node_set(node_add(one, empty ? "Empty" : "Unknown"), "Text",
		    piece->text);
}

static struct node *fill_one(struct request *rq, struct node *message,
    const char *text, const struct contact *c,
    const struct attribute_list *known)
{
	struct node *one = node_add(message, "For");
	struct merge_piece *pieces;
	size_t n;

	node_set(one, "Who", contact_view_title(rq->arena, c));
	merge_tokens(rq->arena, text, c, known, &pieces, &n);
	for (size_t i = 0; i < n; i++)
		fill_piece(one, &pieces[i]);
	return one;
}

void message_preview_contact(struct request *rq, struct node *root,
    const struct contact *c, const struct attribute_list *book)
{
	struct node *message = node_child(root, "Message");
	const char *text = fill_form(rq, message);

	if (*text)
		fill_one(rq, message, text, c, book);
}

/* The book's attributes and those that the import will make. */
static void known_attributes(
    struct arena *a, const struct import_plan *plan, struct attribute_list *out)
{
	const struct mapping *m = &plan->mapping;

	out->count = plan->book.count;
	out->items =
	    arena_alloc(a, (out->count + m->count + 1) * sizeof(*out->items));
	if (out->count)
		memcpy(out->items, plan->book.items,
		    out->count * sizeof(*out->items));
	for (size_t i = 0; i < m->count; i++)
		if (m->columns[i].kind == TARGET_ATTRIBUTE &&
		    m->columns[i].create) {
			struct attribute *t = &out->items[out->count++];

			t->name = m->columns[i].attribute;
			t->label = "";
			t->type = m->columns[i].type;
		}
}

/* A row as the contact that it would make. */
static void contact_of_row(struct arena *a, const struct import_plan *plan,
    const struct checked_row *r, struct contact *c)
{
	struct attribute_member *values =
	    arena_alloc(a, (r->attribute_count + 1) * sizeof(*values));
	const char *text;

	*c = (struct contact){.attributes = "{}"};
	for (int i = 0; i < FIELD_COUNT; i++)
		c->value[i] = str_or_empty(r->value[i]);
	for (size_t i = 0; i < r->attribute_count; i++) {
		const struct row_attribute *t = &r->attributes[i];

		values[i].name = plan->mapping.columns[t->column].attribute;
		values[i].json = t->json;
	}
	text = attributes_merge(a, "{}", values, r->attribute_count);
	if (text)
		c->attributes = text;
}

void message_preview_rows(struct request *rq, struct node *root,
    const struct import_plan *plan, const struct checked_row *rows,
    size_t count)
{
	struct node *message = node_child(root, "Message");
	const char *text = fill_form(rq, message);
	struct attribute_list known;
	size_t shown = 0;

	if (!*text)
		return;
	known_attributes(rq->arena, plan, &known);
	for (size_t i = 0; i < count && shown < MESSAGE_ROWS; i++) {
		struct contact c;

		if (rows[i].rejected)
			continue;
		contact_of_row(rq->arena, plan, &rows[i], &c);
		node_set_int(fill_one(rq, message, text, &c, &known), "Row",
		    (int64_t)rows[i].row);
		shown++;
	}
}
