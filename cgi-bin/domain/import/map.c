/* map.c: which column of a file becomes what */
/* SPDX-License-Identifier: MIT */
#include "domain/import/map.h"

#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "base/utf8.h"
#include "domain/attribute_types.h"
#include "domain/import/headers.h"
#include "domain/import/targets.h"

/* What guessing looks at. */
struct guess {
	struct arena *arena;
	const struct import_format *format;
	const struct import_rules *rules;
	struct book_index book;
	const char *const *header;
	const char **folded; /* the headers, header_fold()ed */
	size_t *ranks;	     /* of the synonym that a column was told by */
	struct mapping *out;
};

static const struct column_target none = {.kind = TARGET_NONE};

/* "name||TYPE" apart (M2), at the last "||": an attribute that was made from
 * a header with bars in it comes back from its export. False when there is no
 * "||"; *type is "" when nothing follows it. */
static bool split_typed(
    struct arena *a, const char *header, const char **name, const char **type)
{
	const char *bars = strstr(header, "||");

	if (!bars)
		return false;
	for (const char *next; (next = strstr(bars + 1, "||")) != NULL;)
		bars = next;
	*name =
	    text_trimmed(a, arena_strndup(a, header, (size_t)(bars - header)));
	*type = text_trimmed(a, bars + 2);
	return true;
}

/* Headers that say what they are: "name||TYPE" and "$Name". */
static bool guess_marked(struct guess *g, size_t i, struct column_target *t)
{
	const char *header = text_trimmed(g->arena, g->header[i]);
	enum attribute_type type = TYPE_TEXT;
	const char *name;
	const char *word;

	if (g->rules->typed_header &&
	    split_typed(g->arena, header, &name, &word)) {
		if ((*word && !attribute_type_find(word, &type)) || !*name)
			return false;
		*t = attribute_target(g->arena, &g->book, name, type);
		return true;
	}
	if (g->format->attribute_dollar && header[0] == '$' && header[1]) {
		*t =
		    attribute_target(g->arena, &g->book, header + 1, TYPE_TEXT);
		return true;
	}
	return false;
}

static bool guess_synonym(struct guess *g, size_t i, struct column_target *t)
{
	const struct header_synonym *s =
	    import_header_find(g->format, g->folded[i], &g->ranks[i]);

	if (!s)
		return false;
	/* A form that has no column for it would misread the phone. */
	if (s->kind == TARGET_COUNTRY_CODE &&
	    g->rules->phone_form != FORM_SPLIT &&
	    g->rules->phone_form != FORM_ANY)
		return false;
	*t = (struct column_target){.kind = s->kind, .field = s->field};
	return true;
}

static bool guess_attribute(struct guess *g, size_t i, struct column_target *t)
{
	const struct attribute *known = book_index_find(
	    g->arena, &g->book, text_trimmed(g->arena, g->header[i]));

	if (!known)
		return false;
	*t = attribute_target(g->arena, &g->book, known->name, known->type);
	return true;
}

/* The last column of a file that was given back with its errors (S6). */
static bool is_error_column(const struct guess *g, size_t i)
{
	return i + 1 == g->out->count &&
	       headers_end_in_result(g->arena, g->header, g->out->count);
}

/* Nobody knows the header. */
static struct column_target guess_unknown(struct guess *g, size_t i)
{
	switch (g->rules->unknown_column) {
	case COLUMN_ASK:
		return (struct column_target){.kind = TARGET_UNDECIDED};
	case COLUMN_IGNORE:
		return none;
	case COLUMN_CREATE:
		break;
	}
	if (!*g->folded[i])
		return none;
	return attribute_target(g->arena, &g->book, g->header[i], TYPE_TEXT);
}

static struct column_target guess_column(struct guess *g, size_t i)
{
	struct column_target t;

	if (is_error_column(g, i))
		return none;
	if (g->format->optout && strstr(g->header[i], "||"))
		return none;
	if (guess_marked(g, i, &t))
		return t;
	bool known = guess_synonym(g, i, &t);

	if (g->format->optout)
		return known && map_takes(g->format, &t) ? t : none;
	bool own = known && g->ranks[i] < GENERIC_RANK;

	if (own || (known && !g->format->attribute_dollar))
		return t;
	/* A1: attributes by their plain names come before headers that are
	 * not the format's own. */
	if (guess_attribute(g, i, &t) || known)
		return t;
	return guess_unknown(g, i);
}

/* Of two columns for one field the better synonym keeps it, else the first. */
static void settle(struct guess *g)
{
	struct mapping *m = g->out;
	const char **keys = arena_alloc(g->arena, m->count * sizeof *keys);

	for (size_t i = 0; i < m->count; i++)
		keys[i] = target_key(g->arena, &m->columns[i]);
	for (size_t i = 0; i < m->count; i++) {
		for (size_t k = i + 1; k < m->count && keys[i]; k++) {
			if (!keys[k] || strcmp(keys[i], keys[k]) != 0)
				continue;
			size_t loser = g->ranks[k] < g->ranks[i] ? i : k;

			m->columns[loser] =
			    (struct column_target){.kind = TARGET_UNDECIDED};
			keys[loser] = NULL;
		}
	}
}

static int column_of_field(const struct mapping *m, enum contact_field field)
{
	for (size_t i = 0; i < m->count; i++)
		if (m->columns[i].kind == TARGET_FIELD &&
		    m->columns[i].field == field)
			return (int)i;
	return -1;
}

static bool one_of(const char *text, const char *const *words)
{
	for (; *words; words++)
		if (str_equal(text, *words))
			return true;
	return false;
}

/*
 * Words that are a whole name alone, and half of one beside the other half:
 * Italian "Nome" beside "Cognome" is the first name, French "Nom" beside
 * "Prénom" the last.
 */
static void settle_names(struct guess *g)
{
	static const char *const first[] = {"nome", "nombre", NULL};
	static const char *const last[] = {"nom", "name", "naam", NULL};
	static const char *const beside[] = {
	    "prénom", "prenom", "vorname", "voornaam", NULL};
	struct mapping *m = g->out;
	int whole = column_of_field(m, FIELD_NAME);
	int first_name = column_of_field(m, FIELD_FIRST_NAME);
	int last_name = column_of_field(m, FIELD_LAST_NAME);

	if (whole < 0)
		return;
	if (first_name < 0 && last_name >= 0 && one_of(g->folded[whole], first))
		m->columns[whole].field = FIELD_FIRST_NAME;
	if (last_name < 0 && first_name >= 0 &&
	    one_of(g->folded[whole], last) &&
	    one_of(g->folded[first_name], beside))
		m->columns[whole].field = FIELD_LAST_NAME;
}

/* The fixed columns by their place, whatever their header (M1). */
static size_t guess_fixed(struct guess *g)
{
	size_t i = 0;

	if (!g->rules->fixed_header || !g->format->fixed)
		return 0;
	for (; i < g->out->count && g->format->fixed[i]; i++) {
		const char *folded = header_fold(g->arena, g->format->fixed[i]);
		const struct header_synonym *s =
		    import_header_find(g->format, folded, NULL);

		if (s)
			g->out->columns[i] = (struct column_target){
			    .kind = s->kind, .field = s->field};
	}
	return i;
}

void map_guess(struct arena *a, const struct import_format *f,
    const struct import_rules *rules, const struct attribute_list *book,
    const char *const *header, size_t columns, struct mapping *out)
{
	struct guess g = {.arena = a,
	    .format = f,
	    .rules = rules,
	    .header = header,
	    .out = out};

	out->count = columns;
	out->columns = arena_alloc(a, columns * sizeof *out->columns);
	g.folded = arena_alloc(a, columns * sizeof *g.folded);
	g.ranks = arena_alloc(a, columns * sizeof *g.ranks);
	book_index_make(a, book, &g.book);
	size_t from = guess_fixed(&g);

	for (size_t i = 0; header && i < columns; i++)
		g.folded[i] = header_fold(a, header[i]);
	for (size_t i = from; header && i < columns; i++)
		out->columns[i] = guess_column(&g, i);
	if (header) {
		settle(&g);
		settle_names(&g);
	}
	for (size_t i = 0; i < columns; i++)
		out->columns[i].guessed =
		    out->columns[i].kind != TARGET_UNDECIDED;
}

/* A refusal of the whole file. */
struct refusal {
	struct arena *arena;
	struct book_index book;
	enum problem_code code;
	const char *message; /* NULL: none */
};

static void refuse_order(struct refusal *r, size_t column, const char *wanted,
    const char *const *header, size_t columns)
{
	r->code = REFUSED_HEADER_ORDER;
	if (!header)
		r->message = arena_printf(r->arena,
		    "The file has no header: its first row has to begin with "
		    "%s.",
		    wanted);
	else if (column >= columns)
		r->message = arena_printf(r->arena,
		    "Column %zu should be %s, but the header ends before it. "
		    "Put the columns of the sample file first, in its order.",
		    column + 1, wanted);
	else
		r->message = arena_printf(r->arena,
		    "Column %zu should be %s, but is \"%s\". Put the columns "
		    "of the sample file first, in its order.",
		    column + 1, wanted,
		    problem_value(r->arena, header[column]));
}

static void check_order(struct refusal *r, const char *const *fixed,
    const char *const *header, size_t columns)
{
	for (size_t i = 0; fixed[i]; i++) {
		if (header && i < columns &&
		    str_equal(text_trimmed(r->arena, header[i]), fixed[i]))
			continue;
		refuse_order(r, i, fixed[i], header, columns);
		return;
	}
}

static void refuse_conflict(struct refusal *r, const char *name,
    enum attribute_type here, enum attribute_type there, const char *where)
{
	r->code = REFUSED_ATTRIBUTE_TYPE_CONFLICT;
	r->message = arena_printf(r->arena,
	    "The column %s is of type %s, but the attribute is of type %s "
	    "%s. Write the same type, or take another name.",
	    problem_value(r->arena, name), attribute_types[here].key,
	    attribute_types[there].key, where);
}

/* Attributes that headers before this one have named. */
struct named {
	const char **names; /* folded */
	enum attribute_type *types;
	size_t count;
};

static void check_type(struct refusal *r, const char *name,
    enum attribute_type type, struct named *earlier)
{
	const struct attribute *known =
	    book_index_find(r->arena, &r->book, name);
	const char *folded = utf8_fold(r->arena, name);

	if (known && known->id.n && known->type != type) {
		refuse_conflict(r, name, type, known->type, "in the book");
		return;
	}
	for (size_t i = 0; i < earlier->count; i++) {
		if (!str_equal(earlier->names[i], folded) ||
		    earlier->types[i] == type)
			continue;
		refuse_conflict(
		    r, name, type, earlier->types[i], "in an earlier column");
		return;
	}
	earlier->names[earlier->count] = folded;
	earlier->types[earlier->count++] = type;
}

/* plain: a header without "||" is a column of type TEXT (M2). */
static void check_typed(
    struct refusal *r, const char *header, bool plain, struct named *earlier)
{
	enum attribute_type type = TYPE_TEXT;
	const char *name;
	const char *word;

	if (!split_typed(r->arena, header, &name, &word)) {
		if (!plain)
			return;
		name = text_trimmed(r->arena, header);
		word = "";
	}
	if (*word && !attribute_type_find(word, &type)) {
		r->code = REFUSED_ATTRIBUTE_TYPE_UNKNOWN;
		r->message = arena_printf(r->arena,
		    "The column %s has the type \"%s\", which does not exist. "
		    "Use TEXT, NUMBER, DATE, TIME, DATETIME, BOOLEAN, ARRAY, "
		    "OBJECT or LOCATION.",
		    problem_value(r->arena, name),
		    problem_value(r->arena, word));
		return;
	}
	if (*name)
		check_type(r, name, type, earlier);
}

bool map_refuses(struct arena *a, const struct import_rules *rules,
    const struct import_format *f, const struct attribute_list *book,
    const char *const *header, size_t columns, enum problem_code *code,
    const char **message)
{
	struct refusal r = {.arena = a};
	struct named earlier = {.count = 0};
	bool fixed = rules->fixed_header && f->fixed;
	size_t from = 0;

	earlier.names = arena_alloc(a, columns * sizeof *earlier.names);
	earlier.types = arena_alloc(a, columns * sizeof *earlier.types);
	book_index_make(a, book, &r.book);
	if (fixed) {
		check_order(&r, f->fixed, header, columns);
		while (f->fixed[from])
			from++;
	}
	for (size_t i = from;
	     rules->typed_header && header && !r.message && i < columns; i++)
		if (!fixed || i + 1 < columns ||
		    !one_of(header_fold(a, header[i]),
			(const char *const[]){"error", "comments", NULL}))
			check_typed(&r, header[i], fixed, &earlier);
	if (!r.message)
		return false;
	*code = r.code;
	*message = r.message;
	return true;
}
