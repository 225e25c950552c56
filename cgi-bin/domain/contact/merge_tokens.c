/* merge_tokens.c: a message with tokens, as one contact gets it */
/* SPDX-License-Identifier: MIT */
/*
 * All names that a token can have stand in one list, sorted by their folded
 * form; of the same form, the one that counts after a '$' comes first. Text is
 * composed (NFC) before it is read, so that a name is as long in the text as
 * in the list, and only lengths that some name has are tried.
 */
#include "domain/contact/merge_tokens.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "domain/attributes.h"

#define NAME_MAX_LENGTH 128u /* code points, of an attribute */
#define BRACES_MAX 600u	     /* bytes between {{ and }} */

enum rank {
	RANK_NAME,
	RANK_FIELD,
	RANK_ATTRIBUTE
};

struct entry {
	const char *folded;
	const char *value; /* "": none */
	enum rank rank;
};

struct merging {
	struct arena *arena;
	const struct contact *contact;
	struct entry *entries;
	size_t entry_count;
	bool lengths[NAME_MAX_LENGTH + 1]; /* that names have */
	const char *name;		   /* by the rules of the header */
	const char *first;
	const char *last;
	const char *plain; /* where text begins that is not put yet */
	struct merge_piece *pieces;
	size_t count;
	size_t space;
};

/* --- the names --- */

/* The first word of a name, and what follows it (A8). */
static void split_name(
    struct merging *m, const char *name, const char **first, const char **rest)
{
	const char *end = name + strlen(name);
	const char *p = name;

	while (p < end) {
		const char *at = p;
		size_t n;

		if (!utf8_is_space(utf8_next(&p, end)))
			continue;
		*first = arena_strndup(m->arena, name, (size_t)(at - name));
		n = (size_t)(end - p);
		utf8_trim(&p, &n);
		*rest = arena_strndup(m->arena, p, n);
		return;
	}
	*first = name;
	*rest = "";
}

static const char *trimmed(struct arena *a, const char *z)
{
	size_t n = strlen(z);

	utf8_trim(&z, &n);
	return arena_strndup(a, z, n);
}

/* $Name, $FirstName and $LastName. */
static void read_names(struct merging *m)
{
	const char *first =
	    trimmed(m->arena, m->contact->value[FIELD_FIRST_NAME]);
	const char *last =
	    trimmed(m->arena, m->contact->value[FIELD_LAST_NAME]);

	m->name = trimmed(m->arena, m->contact->value[FIELD_NAME]);
	if (*m->name) {
		split_name(m, m->name, &m->first, &m->last);
		return;
	}
	m->name = arena_printf(
	    m->arena, "%s%s%s", first, *first && *last ? " " : "", last);
	m->first = first;
	m->last = last;
}

/* A field; first and last name come from the name when there is only that. */
static const char *field_value(
    const struct merging *m, enum contact_field field)
{
	const char *const *value = m->contact->value;
	bool name_only = !*value[FIELD_FIRST_NAME] && !*value[FIELD_LAST_NAME];

	if (field == FIELD_NAME)
		return m->name;
	if (field == FIELD_FIRST_NAME && name_only)
		return m->first;
	if (field == FIELD_LAST_NAME && name_only)
		return m->last;
	return value[field];
}

static void add_entry(
    struct merging *m, const char *name, const char *value, enum rank rank)
{
	struct entry *x = &m->entries[m->entry_count++];
	size_t length;

	x->folded = utf8_fold(m->arena, name);
	x->value = value;
	x->rank = rank;
	length = utf8_length(utf8_nfc(m->arena, name));
	if (length <= NAME_MAX_LENGTH)
		m->lengths[length] = true;
}

static void add_field(struct merging *m, enum contact_field field)
{
	const char *key = contact_fields[field].key;
	char *joined = arena_strdup(m->arena, key);
	char *to = joined;

	add_entry(m, key, field_value(m, field), RANK_FIELD);
	if (!strchr(key, '_'))
		return;
	for (const char *p = key; *p; p++)
		if (*p != '_')
			*to++ = *p;
	*to = '\0';
	add_entry(m, joined, field_value(m, field), RANK_FIELD);
}

static int compare_entries(const void *pa, const void *pb)
{
	const struct entry *a = pa;
	const struct entry *b = pb;
	int order = strcmp(a->folded, b->folded);

	return order ? order : (int)a->rank - (int)b->rank;
}

static void collect(struct merging *m, const struct attribute_list *known)
{
	struct attribute_member *members = NULL;
	size_t n = 0;

	attributes_parse(m->arena, m->contact->attributes, &members, &n);
	m->entries = arena_alloc(m->arena,
	    (3 + 2 * FIELD_COUNT + n + known->count) * sizeof(*m->entries));
	read_names(m);
	add_entry(m, "Name", m->name, RANK_NAME);
	add_entry(m, "FirstName", m->first, RANK_NAME);
	add_entry(m, "LastName", m->last, RANK_NAME);
	for (int i = 0; i < FIELD_COUNT; i++)
		add_field(m, (enum contact_field)i);
	for (size_t i = 0; i < n; i++)
		add_entry(m, members[i].name,
		    attributes_plain(m->arena, members[i].json),
		    RANK_ATTRIBUTE);
	for (size_t i = 0; i < known->count; i++)
		if (!attributes_get(members, n, known->items[i].name))
			add_entry(m, known->items[i].name, "", RANK_ATTRIBUTE);
	qsort(m->entries, m->entry_count, sizeof(*m->entries), compare_entries);
}

/* The first entry of a name, or NULL. */
static const struct entry *find(const struct merging *m, const char *name)
{
	const char *folded = utf8_fold(m->arena, name);
	size_t low = 0;
	size_t high = m->entry_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(m->entries[middle].folded, folded) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < m->entry_count && str_equal(m->entries[low].folded, folded))
		return &m->entries[low];
	return NULL;
}

/* Within braces an attribute counts before a field of the same name. */
static const struct entry *find_attribute(
    const struct merging *m, const char *name)
{
	const struct entry *end = m->entries + m->entry_count;
	const struct entry *first = find(m, name);

	for (const struct entry *x = first;
	     x && x < end && str_equal(x->folded, first->folded); x++)
		if (x->rank == RANK_ATTRIBUTE)
			return x;
	return first;
}

/* --- the text --- */

static void put(
    struct merging *m, enum merge_kind kind, const char *from, size_t n)
{
	if (n == 0)
		return;
	if (m->count == m->space) {
		struct merge_piece *old = m->pieces;

		m->space = m->space ? m->space * 2 : 16;
		m->pieces =
		    arena_alloc(m->arena, m->space * sizeof(*m->pieces));
		if (old)
			memcpy(m->pieces, old, m->count * sizeof(*old));
	}
	m->pieces[m->count].kind = kind;
	m->pieces[m->count++].text = arena_strndup(m->arena, from, n);
}

/* A token of n bytes, with the text before it; value NULL: nobody knows it. */
static void put_token(
    struct merging *m, const char *token, size_t n, const char *value)
{
	put(m, MERGE_PLAIN, m->plain, (size_t)(token - m->plain));
	m->plain = token + n;
	if (!value)
		put(m, MERGE_UNKNOWN, token, n);
	else if (!*value)
		put(m, MERGE_EMPTY, token, n);
	else
		put(m, MERGE_VALUE, value, strlen(value));
}

static bool is_word(int32_t c)
{
	return c == '_' || utf8_is_letter(c) || utf8_is_mark(c) ||
	       utf8_is_digit(c);
}

/* The longest name that the word at p begins with; *n its bytes. */
static const struct entry *find_longest(
    const struct merging *m, const char *p, const char *end, size_t *n)
{
	size_t offsets[NAME_MAX_LENGTH + 1]; /* where so many letters end */
	const char *from = p;
	size_t length = 0;

	while (
	    p < end && length < NAME_MAX_LENGTH && is_word(utf8_next(&p, end)))
		offsets[++length] = (size_t)(p - from);
	for (; length > 0; length--) {
		const struct entry *x = NULL;

		if (m->lengths[length])
			x = find(
			    m, arena_strndup(m->arena, from, offsets[length]));
		*n = offsets[length];
		if (x)
			return x;
	}
	return NULL;
}

/* "$..." at p; how many bytes it has, 0 when it is text. */
static size_t read_dollar(struct merging *m, const char *p, const char *end)
{
	const char *word = p + 1;
	const char *q = word;
	const struct entry *x;
	size_t n = 0;
	int32_t c = q < end ? utf8_next(&q, end) : -1;

	if (c < 0 || !is_word(c) || utf8_is_digit(c) || utf8_is_mark(c))
		return 0;
	x = find_longest(m, word, end, &n);
	if (!x) {
		for (q = word; q < end;) {
			const char *at = q;

			if (!is_word(utf8_next(&q, end))) {
				q = at;
				break;
			}
		}
		n = (size_t)(q - word);
	}
	put_token(m, p, n + 1, x ? x->value : NULL);
	return n + 1;
}

static const struct {
	const char *name;
	enum contact_field field;
} user_fields[] = {
    {"user.username", FIELD_USERNAME},
    {"user.phone_no", FIELD_PHONE},
    {"user.email", FIELD_EMAIL},
    {"user.first_name", FIELD_FIRST_NAME},
    {"user.last_name", FIELD_LAST_NAME},
    {"user.title", FIELD_TITLE},
    {"user.account", FIELD_ACCOUNT},
};

/* What a name between braces stands for; NULL: nobody knows it. */
static const char *braces_value(const struct merging *m, const char *name)
{
	const struct entry *x;

	for (size_t i = 0; i < sizeof(user_fields) / sizeof(*user_fields); i++)
		if (str_equal_nocase(name, user_fields[i].name))
			return field_value(m, user_fields[i].field);
	x = *name ? find_attribute(m, name) : NULL;
	return x ? x->value : NULL;
}

/* "{{...}}" at p; how many bytes it has, 0 when it is text. */
static size_t read_braces(struct merging *m, const char *p, const char *end)
{
	const char *from = p + 2;
	const char *q = from;

	if (end - p < 4 || p[1] != '{' || p[2] == '{')
		return 0;
	while (q + 1 < end && q - from < (long)BRACES_MAX && *q != '\n' &&
	       !(q[0] == '}' && q[1] == '}') && !(q[0] == '{' && q[1] == '{'))
		q++;
	if (q + 1 >= end || q[0] != '}' || q[1] != '}')
		return 0;
	const char *name = trimmed(
	    m->arena, arena_strndup(m->arena, from, (size_t)(q - from)));
	size_t n = (size_t)(q - p) + 2;

	put_token(m, p, n, braces_value(m, name));
	return n;
}

void merge_tokens(struct arena *a, const char *text, const struct contact *c,
    const struct attribute_list *known, struct merge_piece **pieces,
    size_t *count)
{
	struct merging m = {.arena = a, .contact = c};

	collect(&m, known);
	text = utf8_nfc(a, text);
	const char *end = text + strlen(text);
	const char *p = text;

	m.plain = text;
	while (p < end) {
		size_t n = *p == '$'   ? read_dollar(&m, p, end)
			   : *p == '{' ? read_braces(&m, p, end)
				       : 0;

		p += n ? n : 1;
	}
	put(&m, MERGE_PLAIN, m.plain, (size_t)(end - m.plain));
	*pieces = m.pieces;
	*count = m.count;
}
