/* import_writes.c: the write rules of columns on the pages of the wizard */
/* SPDX-License-Identifier: MIT */
#include "web/parts/import_writes.h"

#include <string.h>

#include "base/str.h"

static const struct choice {
	enum column_write write;
	enum column_empty empty;
} choices[] = {
    {WRITE_DEFAULT, EMPTY_DEFAULT},
    {WRITE_OVERWRITE, EMPTY_KEEP},
    {WRITE_OVERWRITE, EMPTY_CLEAR},
    {WRITE_FILL, EMPTY_DEFAULT},
    {WRITE_FILL, EMPTY_CLEAR},
    {WRITE_APPEND, EMPTY_DEFAULT},
    {WRITE_APPEND, EMPTY_CLEAR},
    {WRITE_NEVER, EMPTY_DEFAULT},
};
#define CHOICES (sizeof(choices) / sizeof(*choices))

const char *column_write_text(struct arena *a, const struct import_rules *rules,
    const struct column_target *t)
{
	static const char *const words[] = {
	    [WRITE_DEFAULT] = "",
	    [WRITE_OVERWRITE] = "Overwrite",
	    [WRITE_FILL] = "Fill in if empty",
	    [WRITE_APPEND] = "Add to what is there",
	    [WRITE_NEVER] = "Never change",
	};
	enum column_write w = column_write_of(t);
	const char *text = words[w];

	if (w == WRITE_OVERWRITE && t->kind == TARGET_TAGS)
		text = "Replace all";
	if (column_clears(rules, t))
		return arena_printf(a, "%s; empty cell clears", text);
	if (w == WRITE_OVERWRITE && column_allows_empty(rules, t, EMPTY_CLEAR))
		return arena_printf(a, "%s; empty cell keeps", text);
	return text;
}

void column_write_read(const struct import_rules *rules, const char *value,
    struct column_target *t)
{
	char word[16] = "";
	size_t n = strcspn(value, "+");

	t->write = WRITE_DEFAULT;
	t->empty = EMPTY_DEFAULT;
	if (!column_has_write(rules, t) || n >= sizeof(word))
		return;
	memcpy(word, value, n);
	if (!column_write_find(word, &t->write) ||
	    (value[n] && !column_empty_find(value + n + 1, &t->empty)))
		t->write = WRITE_DEFAULT;
}

static bool same_rule(const struct import_rules *rules,
    const struct column_target *x, const struct column_target *y)
{
	return column_write_of(x) == column_write_of(y) &&
	       column_clears(rules, x) == column_clears(rules, y);
}

/* Said by the API alone: it is shown where it was chosen. */
static bool is_rare(const struct choice *c)
{
	return c->empty == EMPTY_CLEAR && c->write != WRITE_OVERWRITE;
}

static void add_choice(struct arena *a, struct node *n,
    const struct import_rules *rules, const struct column_target *t,
    const struct choice *c)
{
	struct column_target as = *t;
	struct column_target plain = *t;

	as.write = c->write;
	as.empty = c->empty;
	plain.write = WRITE_DEFAULT;
	plain.empty = EMPTY_DEFAULT;
	bool is_default =
	    c->write == WRITE_DEFAULT && c->empty == EMPTY_DEFAULT;
	bool chosen = same_rule(rules, t, &as);

	if (!column_allows_write(rules, t, c->write) ||
	    !column_allows_empty(rules, &as, c->empty) ||
	    (!is_default && same_rule(rules, &as, &plain)) ||
	    (is_rare(c) && !chosen))
		return;
	struct node *o = node_add(n, "Writes");

	node_set(o, "Value",
	    c->empty == EMPTY_DEFAULT
		? column_write_word(c->write)
		: arena_printf(a, "%s+%s", column_write_word(c->write),
		      column_empty_word(c->empty)));
	node_set(o, "Label", column_write_text(a, rules, &as));
	node_set_flag(o, "Chosen", chosen);
}

static void fill_choices(struct arena *a, struct node *n,
    const struct import_rules *rules, const struct column_target *t)
{
	for (size_t i = 0; i < CHOICES; i++)
		add_choice(a, n, rules, t, &choices[i]);
}

const char *column_write_kind(
    const struct import_rules *rules, const struct column_target *t)
{
	bool field = t->kind == TARGET_FIELD;

	if (t->kind == TARGET_TAGS)
		return "tags";
	if (t->kind == TARGET_ATTRIBUTE)
		return t->type == TYPE_ARRAY ? "list" : "field";
	if (field && !column_has_write(rules, t))
		return "key";
	if (field && !column_allows_write(rules, t, WRITE_NEVER))
		return "half";
	if (field && (t->field == FIELD_WHATSAPP_OPTED ||
			 t->field == FIELD_WHATSAPP_OPTED_AT))
		return "consent";
	return field ? "field" : "";
}

void column_write_fill(struct arena *a, struct node *column,
    const struct import_rules *rules, const struct column_target *t)
{
	static const struct column_target undecided = {
	    .kind = TARGET_FIELD, .field = FIELD_CITY};
	const char *kind = column_write_kind(rules, t);

	node_set_flag(column, "WriteKey", str_equal(kind, "key"));
	node_set_flag(column, "WriteChanged", column_write_changed(rules, t));
	/* Without a script the choice comes with that of the target. */
	if (t->kind == TARGET_UNDECIDED)
		fill_choices(a, column, rules, &undecided);
	if (!column_has_write(rules, t))
		return;
	node_set(column, "Write", column_write_text(a, rules, t));
	fill_choices(a, column, rules, t);
}

void write_kinds_fill(
    struct arena *a, struct node *root, const struct import_rules *rules)
{
	static const struct column_target samples[] = {
	    {.kind = TARGET_FIELD, .field = FIELD_CITY},
	    {.kind = TARGET_FIELD, .field = FIELD_PHONE},
	    {.kind = TARGET_FIELD, .field = FIELD_WHATSAPP_OPTED},
	    {.kind = TARGET_TAGS},
	    {.kind = TARGET_ATTRIBUTE, .type = TYPE_ARRAY},
	};

	for (size_t i = 0; i < sizeof(samples) / sizeof(*samples); i++) {
		struct node *n = node_add(root, "WriteKinds");

		node_set(n, "Kind", column_write_kind(rules, &samples[i]));
		if (column_has_write(rules, &samples[i]))
			fill_choices(a, n, rules, &samples[i]);
	}
}
