/* address.c: street and house number apart (formats.md S2) */
/* SPDX-License-Identifier: MIT */
#include "domain/import/address.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

/*
 * The line is cut into words, and the words into the segments between commas.
 * A word that looks like a house number (12, 12a, 12/B, 3-5, 8-2-293/82) is
 * one when it stands where house numbers stand:
 *
 *	leading		at the very beginning, or behind "Flat 4,"
 *	marked		behind "n.", "No.", "#", "H.No.", wherever that is
 *	trailing	at the end of a segment, behind a name; or at the
 *			beginning of a later segment
 *
 * and its neighbours do not say that it is something else: a day ("4
 * Novembre", "9 de Julio"), a year ("8 Mai 1945"), a flat ("Apt 3"), a road
 * ("Route 66"). Leading is preferred to marked, marked to trailing. When the
 * number is cut out, everything else stays in the street, in its order.
 */
enum {
	MOST_BYTES = 400, /* of a line that is looked at */
	MOST_WORDS = 40,
	MOST_NUMBER = 32, /* bytes; the column has 32 code points */
	MOST_PARTS = 6,	  /* of a number such as 8-2-293/82 */
	MOST_DIGITS = 5,  /* of a part; more is a postal code */
	TRAILING_DIGITS = 4,
	SEGMENT_DIGITS = 3 /* before a name, in a later segment */
};

struct word {
	const char *p; /* in the line */
	size_t n;
	const char *fold; /* lower case without dots; NULL until needed */
	size_t digits;	  /* of the number's first part; 0: no house number */
	bool lettered;	  /* a letter and a dash before it: B-12 */
	size_t segment;	  /* from 0 */
	bool first;	  /* of its segment */
	bool last;
	bool dash; /* a dash alone ends the segment */
};

struct line {
	struct arena *arena;
	const char *p; /* what is not yet cut into words */
	const char *end;
	struct word words[MOST_WORDS];
	size_t count;
};

/* The number in the line, by words: from its mark, if it has one, to its last
 * letter. */
struct place {
	size_t cut;  /* the mark, which goes too */
	size_t from; /* the number's first word */
	size_t to;   /* its last */
};

static const char *const months[] = {"gennaio", "febbraio", "marzo", "aprile",
    "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre",
    "dicembre", "januar", "februar", "märz", "april", "mai", "juni", "juli",
    "august", "september", "oktober", "november", "dezember", "janvier",
    "février", "mars", "avril", "juin", "juillet", "août", "septembre",
    "octobre", "décembre", "enero", "febrero", "abril", "mayo", "junio",
    "julio", "septiembre", "octubre", "noviembre", "diciembre", "janeiro",
    "fevereiro", "março", "maio", "junho", "julho", "setembro", "outubro",
    "novembro", "dezembro", "january", "february", "march", "may", "june",
    "july", "october", "december", NULL};

/* Between a day and its month, or a road and the place on it. */
static const char *const links[] = {"de", "di", "of", "km", NULL};

/* A number behind one of these is not of a house. */
static const char *const designators[] = {"flat", "apt", "apartment", "unit",
    "suite", "ste", "room", "rm", "floor", "fl", "level", "block", "blk",
    "bloque", "wing", "tower", "sector", "phase", "stage", "ward", "zone",
    "pocket", "lot", "lote", "lotto", "manzana", "mz", "km", "route", "rt",
    "highway", "hwy", "interstate", "int", "interno", "scala", "sc", "piano",
    "app", "appartamento", "isolato", "edificio", "piso", "puerta", "pta",
    "escalera", "esc", "planta", "bajo", "dpto", "depto", "sala", "andar",
    "bloco", "apto", "appt", "appartement", "bât", "bâtiment", "étage",
    "escalier", "etage", "stock", "stiege", "top", "wohnung", "whg", "lokal",
    "shop", "office", "survey", "gali", "gala", "khasra", "cabin", "stall",
    "кв", "корп", "стр", "эт", "bp", "cp", "cs", "box", NULL};

/* Kinds of streets: without a name, a number behind them is the name. */
static const char *const kinds[] = {"via", "viale", "corso", "piazza", "vicolo",
    "strada", "contrada", "calle", "c/", "carrera", "avenida", "av", "avda",
    "avenue", "ave", "rue", "street", "st", "road", "rd", "lane", "straße",
    "strasse", "str", "weg", "platz", "rua", "boulevard", "blvd", "route",
    "impasse", "allée", "place", "chemin", "quai", "cours", "square", "улица",
    "ул", NULL};

/* French kinds: "12 B rue ..." has its letter before the street. */
static const char *const french[] = {"rue", "avenue", "boulevard", "route",
    "impasse", "allée", "place", "chemin", "quai", "cours", "square", NULL};

/* Marks of a house number, which go when it is cut out. */
static const char *const marks[] = {"n", "no", "nr", "nº", "n°", "n˚", "num",
    "numero", "número", "nummer", "number", "civico", "№", "#", "hno",
    "houseno", "dno", "doorno", "house", "haus", "д", "дом", NULL};

/* Those that are words of names as well, when they are not first. */
static const char *const houses[] = {"house", "haus", NULL};

/* Words before a mark that go with it. */
static const char *const owners[] = {"h", "d", "house", "door", NULL};

/* A plot's number is kept with its word: it stands for the house's. */
static const char *const plots[] = {"plot", "plotno", NULL};

/* How the names of streets end where that says that they are streets. */
static const char *const endings[] = {"straße", "strasse", "str", "weg",
    "platz", "gasse", "allee", "straat", "laan", "gatan", "vej", NULL};

static const char *const repeats[] = {
    "bis", "ter", "quater", "quinquies", NULL};

/* Lines with one of these are boxes, not houses. */
static const char *const boxes[] = {"postfach", "postbus", "postboks",
    "apartado", "apdo", "pobox", "postale", "postal", "а/я", NULL};

/* The word for comparing: "H.No." is "hno". */
static const char *fold_of(struct line *l, size_t i)
{
	struct word *w = &l->words[i];

	if (w->fold)
		return w->fold;
	char *fold = utf8_fold(l->arena, arena_strndup(l->arena, w->p, w->n));
	char *to = fold;

	for (const char *p = fold; *p; p++)
		if (!strchr(".:()", *p))
			*to++ = *p;
	*to = '\0';
	w->fold = fold;
	return fold;
}

static bool word_in(struct line *l, size_t i, const char *const *list)
{
	const char *fold = fold_of(l, i);

	while (*list && !str_equal(*list, fold))
		list++;
	return *list != NULL;
}

/* Moves *p over the digits there, of any script, and counts them. */
static size_t skip_digits(const char **p, const char *end)
{
	size_t n = 0;

	for (const char *next = *p; *p < end; *p = next, n++)
		if (!utf8_is_digit(utf8_next(&next, end)))
			break;
	return n;
}

/* Moves *p over the letters there, and counts them; the signs of ordinals
 * (3Âº, 3Âª) are none. */
static size_t skip_letters(const char **p, const char *end)
{
	size_t n = 0;

	for (const char *next = *p; *p < end; *p = next, n++) {
		int32_t c = utf8_next(&next, end);

		if (c == 0xaa || c == 0xba || !utf8_is_letter(c))
			break;
	}
	return n;
}

static bool is_repeat(const char *p, size_t n)
{
	for (const char *const *r = repeats; *r; r++)
		if (strlen(*r) == n && strncmp(*r, p, n) == 0)
			return true;
	return false;
}

/* What may follow the digits: a letter, "bis", and parts behind - or /. */
static bool skip_parts(const char *p, const char *end)
{
	for (int parts = 1; parts <= MOST_PARTS; parts++) {
		const char *start = p;
		size_t letters = skip_letters(&p, end);

		if (letters > 1 && !is_repeat(start, (size_t)(p - start)))
			return false;
		if (p == end)
			return true;
		if (*p != '-' && *p != '/')
			return false;
		p++;
		start = p;
		if (skip_digits(&p, end) > MOST_DIGITS)
			return false;
		if (p == start && (p == end || *p == '-' || *p == '/'))
			return false;
	}
	return false;
}

/* Sees whether the word looks like a house number. */
static void shape_word(struct word *w)
{
	const char *p = w->p;
	const char *end = w->p + w->n;

	if (w->n > MOST_NUMBER)
		return;
	if (skip_letters(&p, end) == 1 && p < end && (*p == '-' || *p == '/')) {
		w->lettered = true;
		p++;
	} else if (p > w->p) {
		return;
	}
	size_t digits = skip_digits(&p, end);

	if (digits > 0 && digits <= MOST_DIGITS && skip_parts(p, end))
		w->digits = digits;
}

static bool is_comma(char c)
{
	return c == ',' || c == ';';
}

/* True when a word ends before next, though no blank is there: "n.12", "#12".
 */
static bool ends_inside(
    const char *start, const char *p, int32_t before, int32_t next)
{
	if (p == start || !utf8_is_digit(next))
		return false;
	if (before == '#' || before == 0x2116 || before == 0xb0 ||
	    before == 0xba)
		return true;
	return before == '.' && !(*start >= '0' && *start <= '9');
}

/* Cuts the next word off the line; false at its end. */
static bool next_word(struct line *l, struct word *w)
{
	const char *next = l->p;
	int32_t before = 0;

	while (l->p < l->end && utf8_is_space(utf8_next(&next, l->end)))
		l->p = next;
	const char *start = l->p;

	while (l->p < l->end && !is_comma(*l->p)) {
		next = l->p;
		int32_t c = utf8_next(&next, l->end);

		if (utf8_is_space(c) || ends_inside(start, l->p, before, c))
			break;
		before = c;
		l->p = next;
	}
	*w = (struct word){.p = start, .n = (size_t)(l->p - start)};
	return l->p < l->end || w->n > 0;
}

static bool is_dash(const struct word *w)
{
	return (w->n == 1 && *w->p == '-') ||
	       (w->n == 3 && memcmp(w->p, "\xe2\x80\x93", 3) == 0);
}

/* Ends the segment that the last word is in. */
static void end_segment(struct line *l, bool dash)
{
	if (!l->count || l->words[l->count - 1].last)
		return;
	l->words[l->count - 1].last = true;
	l->words[l->count - 1].dash = dash;
}

/* Cuts the line into words; false when they are too many. */
static bool scan(struct line *l)
{
	struct word w;

	while (next_word(l, &w)) {
		if (w.n == 0) {
			l->p++; /* a comma */
			end_segment(l, false);
			continue;
		}
		if (is_dash(&w)) {
			end_segment(l, true);
			continue;
		}
		if (l->count == MOST_WORDS)
			return false;
		if (*w.p == '(')
			end_segment(l, false);
		w.first = !l->count || l->words[l->count - 1].last;
		w.segment =
		    !l->count ? 0 : l->words[l->count - 1].segment + w.first;
		shape_word(&w);
		l->words[l->count++] = w;
	}
	end_segment(l, false);
	return true;
}

static bool has_letter(const struct word *w)
{
	const char *p = w->p;
	const char *end = w->p + w->n;

	while (p < end)
		if (utf8_is_letter(utf8_next(&p, end)))
			return true;
	return false;
}

/* Among the words from..to (not included) is one with a letter. */
static bool has_letters(const struct line *l, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (has_letter(&l->words[i]))
			return true;
	return false;
}

/* Among the words from..to (not included) is one that can be a name. */
static bool has_name(struct line *l, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (!l->words[i].digits && has_letter(&l->words[i]) &&
		    !word_in(l, i, kinds) && !word_in(l, i, designators))
			return true;
	return false;
}

static bool is_box(struct line *l)
{
	for (size_t i = 0; i < l->count; i++) {
		if (word_in(l, i, boxes))
			return true;
		if (i + 1 < l->count && str_equal(fold_of(l, i), "box") &&
		    l->words[i + 1].digits)
			return true;
	}
	return false;
}

static bool is_single_letter(const struct word *w)
{
	const char *p = w->p;

	return skip_letters(&p, w->p + w->n) == 1 && p == w->p + w->n;
}

/* The last word of the number that begins at word i: "3 bis", "12 B",
 * "12 / B", "3 - 5". */
static size_t last_of_number(struct line *l, size_t i)
{
	struct word *w = &l->words[i];

	if (i + 1 == l->count)
		return i;
	if (w->last)
		return w->dash && w[1].digits && w[1].last &&
			       w[1].digits <= TRAILING_DIGITS
			   ? i + 1
			   : i;
	if (word_in(l, i + 1, repeats))
		return i + 1;
	if (w[1].n == 1 && *w[1].p == '/' && !w[1].last &&
	    (is_single_letter(&w[2]) || w[2].digits))
		return i + 2;
	if (is_single_letter(&w[1]) &&
	    (w[1].last || word_in(l, i + 2, designators) ||
		word_in(l, i + 2, french)))
		return i + 1;
	return i;
}

/* The neighbours say that the number is a day, a year, a flat or a floor. */
static bool is_something_else(struct line *l, size_t i, size_t to)
{
	struct word *w = &l->words[i];

	if (!w->first) {
		if (w[-1].digits || word_in(l, i - 1, designators) ||
		    word_in(l, i - 1, marks))
			return true;
		if (w->digits == 4 && word_in(l, i - 1, months))
			return true;
	}
	if (l->words[to].last)
		return false;
	if (word_in(l, to + 1, months) || word_in(l, to + 1, links))
		return true;
	return l->words[to + 1].last && word_in(l, to + 1, designators);
}

/* The mark before word i in its segment, in *cut; for a plot, the number
 * begins there too, in *from. */
static bool find_mark(struct line *l, size_t i, struct place *at)
{
	const struct word *mark = &l->words[i] - 1;

	if (l->words[i].first)
		return false;
	at->cut = i - 1;
	if (word_in(l, i - 1, plots)) {
		at->from = i - 1;
		return true;
	}
	if (!word_in(l, i - 1, marks) || (mark->n == 1 && *mark->p == 'N'))
		return false;
	if (mark->first)
		return true;
	if (word_in(l, i - 1, houses))
		return false; /* Opera House 12 */
	if (word_in(l, i - 2, plots))
		at->from = at->cut = i - 2;
	else if (word_in(l, i - 2, owners))
		at->cut = i - 2;
	else if (word_in(l, i - 2, designators))
		return false; /* Flat No. 4 */
	else if (l->words[i - 2].first && word_in(l, i - 2, kinds))
		return false; /* Road No. 12 */
	return true;
}

static bool is_marked(struct line *l, size_t i, struct place *at)
{
	at->from = i;
	if (!l->words[i].digits || !find_mark(l, i, at))
		return false;
	at->to = last_of_number(l, i);
	return has_letters(l, 0, at->cut) ||
	       has_letters(l, at->to + 1, l->count);
}

/* Each segment before word i is that of a flat or the like. */
static bool is_behind_flats(struct line *l, size_t i)
{
	if (!l->words[i].first)
		return false;
	for (size_t k = 0; k < i; k++)
		if (l->words[k].first && !word_in(l, k, designators))
			return false;
	return true;
}

static bool is_leading(struct line *l, size_t i, struct place *at)
{
	if (!l->words[i].digits || !is_behind_flats(l, i))
		return false;
	if (l->words[i].lettered && !l->words[i].last)
		return false;
	*at = (struct place){i, i, last_of_number(l, i)};
	return !is_something_else(l, i, at->to) &&
	       has_name(l, at->to + 1, l->count);
}

/* The segment that ends with word i names a street as such. */
static bool names_street(struct line *l, size_t i)
{
	for (size_t k = i;; k--) {
		if (word_in(l, k, kinds))
			return true;
		for (const char *const *e = endings; *e; e++)
			if (str_ends(fold_of(l, k), *e))
				return true;
		if (l->words[k].first)
			return false;
	}
}

static bool is_trailing(struct line *l, size_t i, struct place *at)
{
	const struct word *w = &l->words[i];

	if (i == 0 || !w->digits || w->lettered || w->digits > TRAILING_DIGITS)
		return false;
	size_t to = last_of_number(l, i);
	bool ends = l->words[to].last || word_in(l, to + 1, designators);

	*at = (struct place){i, i, to};
	if (is_something_else(l, i, to) || !has_name(l, 0, i))
		return false;
	if (w->first)
		return ends || w->digits <= SEGMENT_DIGITS;
	return ends && (w->segment == 0 || names_street(l, i));
}

/* Another number that could be the house's follows in the same segment. */
static bool has_rival(struct line *l, const struct place *at)
{
	struct place other;

	for (size_t i = at->to; !l->words[i].last; i++)
		if (is_trailing(l, i + 1, &other))
			return true;
	return false;
}

static bool find_number(struct line *l, struct place *at)
{
	struct place other;
	size_t marked = 0;

	if (is_box(l))
		return false;
	for (size_t i = 0; i < l->count; i++)
		if (is_leading(l, i, at))
			return !has_rival(l, at);
	for (size_t i = 0; i < l->count; i++)
		if (is_marked(l, i, marked ? &other : at))
			marked++;
	if (marked)
		return marked == 1;
	for (size_t i = 0; i < l->count; i++)
		if (is_trailing(l, i, at))
			return true;
	return false;
}

static const char *end_of(const struct word *w)
{
	return w->p + w->n;
}

/* What stands before and behind the cut, put together as one would write. */
static const char *join(
    const struct line *l, const struct place *at, const char *line)
{
	if (at->to + 1 == l->count)
		return arena_strndup(l->arena, line,
		    (size_t)(end_of(&l->words[at->cut - 1]) - line));
	const char *rest = l->words[at->to + 1].p;
	size_t n = (size_t)(l->end - rest);

	if (at->cut == 0)
		return arena_strndup(l->arena, rest, n);
	const struct word *before = &l->words[at->cut - 1];
	const struct word *number = &l->words[at->to];
	const char *glue = " ";

	if (*rest == '(')
		glue = " ";
	else if (number->last)
		glue = number->dash ? " - " : ", ";
	else if (before->last)
		glue = before->dash ? " - " : ", ";
	return arena_printf(l->arena, "%.*s%s%.*s",
	    (int)(end_of(before) - line), line, glue, (int)n, rest);
}

static bool has_digit(const char *p, const char *end)
{
	while (p < end)
		if (utf8_is_digit(utf8_next(&p, end)))
			return true;
	return false;
}

bool address_split(
    struct arena *a, const char *line, const char **street, const char **number)
{
	size_t n = strnlen(line, MOST_BYTES + 1);
	const char *start = line;
	struct place at;
	struct line l;

	if (n > MOST_BYTES || !has_digit(line, line + n))
		return false;
	utf8_trim(&start, &n);
	l.arena = a;
	l.p = start;
	l.end = start + n;
	l.count = 0;
	if (!scan(&l) || !find_number(&l, &at))
		return false;
	const char *from = l.words[at.from].p;
	size_t length = (size_t)(end_of(&l.words[at.to]) - from);

	if (length > MOST_NUMBER)
		return false;
	*number = arena_strndup(a, from, length);
	*street = join(&l, &at, start);
	return true;
}
