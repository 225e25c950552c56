/* json.c: reading JSON texts, and writing them */
/* SPDX-License-Identifier: MIT */
#include "base/json.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/utf8.h"

enum {
	DEEPEST = 64
};

/* Longest text that json_dump makes; a text that was read is never longer
 * than its source, give or take how numbers are written. */
#define LONGEST_DUMP ((size_t)64 * 1024 * 1024)

/* True when brackets outside of strings are nested too deep: looked at before
 * parsing, which is recursive. */
static bool too_deep(const char *text, size_t n)
{
	int depth = 0;
	bool in_string = false;

	for (size_t i = 0; i < n; i++) {
		char c = text[i];

		if (in_string) {
			if (c == '\\')
				i++;
			else if (c == '"')
				in_string = false;
		} else if (c == '"') {
			in_string = true;
		} else if (c == '[' || c == '{') {
			if (++depth > DEEPEST)
				return true;
		} else if (c == ']' || c == '}') {
			depth--;
		}
	}
	return false;
}

static void release(void *v)
{
	json_decref(v);
}

static enum status parse(struct arena *a, const char *text, size_t n,
    size_t flags, struct json_t **out, struct err *e)
{
	json_error_t why;

	if (too_deep(text, n))
		return ERR(e, STATUS_INVALID, "nested deeper than %d", DEEPEST);
	json_t *v = json_loadb(
	    text, n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | flags, &why);

	if (!v)
		return ERR(e, STATUS_INVALID, "%s (line %d, column %d)",
		    why.text, why.line, why.column);
	arena_on_reset(a, release, v);
	*out = v;
	return STATUS_OK;
}

enum status json_parse(struct arena *a, const char *text, size_t n,
    struct json_t **out, struct err *e)
{
	return parse(a, text, n, 0, out, e);
}

enum status json_parse_lenient(struct arena *a, const char *text, size_t n,
    struct json_t **out, struct err *e)
{
	struct err ignored = {0};

	return parse(a, text, n, 0, out, &ignored) == STATUS_OK
		   ? STATUS_OK
		   : parse(a, text, n, JSON_DECODE_INT_AS_REAL, out, e);
}

enum json_type json_type_of(const struct json_t *v)
{
	if (!v)
		return JSON_IS_NULL;
	switch (json_typeof(v)) {
	case JSON_OBJECT:
		return JSON_IS_OBJECT;
	case JSON_ARRAY:
		return JSON_IS_ARRAY;
	case JSON_STRING:
		return JSON_IS_STRING;
	case JSON_INTEGER:
	case JSON_REAL:
		return JSON_IS_NUMBER;
	case JSON_TRUE:
	case JSON_FALSE:
		return JSON_IS_BOOL;
	case JSON_NULL:
		break;
	}
	return JSON_IS_NULL;
}

struct json_t *json_get(const struct json_t *v, const char *key)
{
	return json_object_get(v, key);
}

const char *json_text(const struct json_t *v)
{
	return json_string_value(v);
}

const char *json_get_text(const struct json_t *v, const char *key)
{
	return json_text(json_get(v, key));
}

bool json_int(const struct json_t *v, int64_t *out)
{
	if (!json_is_integer(v))
		return false;
	*out = json_integer_value(v);
	return true;
}

bool json_bool(const struct json_t *v, bool *out)
{
	if (!json_is_boolean(v))
		return false;
	*out = json_is_true(v);
	return true;
}

bool json_number(const struct json_t *v, double *out)
{
	if (!json_is_number(v))
		return false;
	*out = json_number_value(v);
	return true;
}

size_t json_count(const struct json_t *v)
{
	return json_is_array(v) ? json_array_size(v) : json_object_size(v);
}

struct json_t *json_at(const struct json_t *v, size_t i)
{
	return json_array_get(v, i);
}

/* jansson walks objects by pointers that are not const, and changes nothing. */
static json_t *unconst(const struct json_t *v)
{
	union {
		const struct json_t *in;
		json_t *out;
	} u = {.in = v};

	return u.out;
}

void json_members(const struct json_t *v,
    bool (*fn)(void *arg, const char *key, struct json_t *value), void *arg)
{
	json_t *object = unconst(v);

	for (void *i = json_object_iter(object); i;
	     i = json_object_iter_next(object, i))
		if (!fn(arg, json_object_iter_key(i),
			json_object_iter_value(i)))
			return;
}

static void dump(
    struct json_writer *w, struct arena *a, const json_t *v, bool sort_keys);

/* The shortest digits that read back as the same number, with something in
 * them that says that it is not a whole one. */
static void dump_real(struct json_writer *w, double d)
{
	char text[40] = "";

	for (int digits = 15; digits <= 17; digits++) {
		snprintf(text, sizeof(text) - 2, "%.*g", digits, d);
		if (strtod(text, NULL) == d)
			break;
	}
	if (!strpbrk(text, ".e"))
		memcpy(text + strlen(text), ".0", 3);
	json_put_raw(w, text);
}

struct member {
	const char *key;
	const json_t *value;
};

static int compare_members(const void *a, const void *b)
{
	const struct member *x = a;
	const struct member *y = b;

	return strcmp(x->key, y->key);
}

static void dump_object(
    struct json_writer *w, struct arena *a, const json_t *v, bool sort_keys)
{
	json_t *object = unconst(v);
	size_t count = json_object_size(v);
	size_t n = 0;
	struct member *members = arena_alloc(a, count * sizeof(*members));

	for (void *i = json_object_iter(object); i;
	     i = json_object_iter_next(object, i))
		members[n++] = (struct member){
		    json_object_iter_key(i), json_object_iter_value(i)};
	if (sort_keys && n)
		qsort(members, n, sizeof(*members), compare_members);
	json_open(w, '{');
	for (size_t i = 0; i < n; i++) {
		json_key(w, members[i].key);
		dump(w, a, members[i].value, false);
	}
	json_close(w, '}');
}

static void dump_array(struct json_writer *w, struct arena *a, const json_t *v)
{
	size_t n = json_array_size(v);

	json_open(w, '[');
	for (size_t i = 0; i < n; i++)
		dump(w, a, json_array_get(v, i), false);
	json_close(w, ']');
}

static void dump(
    struct json_writer *w, struct arena *a, const json_t *v, bool sort_keys)
{
	if (!v) {
		json_put_null(w);
		return;
	}
	switch (json_typeof(v)) {
	case JSON_OBJECT:
		dump_object(w, a, v, sort_keys);
		break;
	case JSON_ARRAY:
		dump_array(w, a, v);
		break;
	case JSON_STRING:
		json_put_text(w, json_string_value(v));
		break;
	case JSON_INTEGER:
		json_put_int(w, json_integer_value(v));
		break;
	case JSON_REAL:
		dump_real(w, json_real_value(v));
		break;
	case JSON_TRUE:
	case JSON_FALSE:
		json_put_bool(w, json_is_true(v));
		break;
	case JSON_NULL:
		json_put_null(w);
		break;
	}
}

char *json_dump(struct arena *a, const struct json_t *v, bool sort_keys)
{
	struct str out;
	struct json_writer w;

	str_init(&out, LONGEST_DUMP);
	json_writer_init(&w, &out);
	dump(&w, a, v, sort_keys);
	char *text = arena_strndup(a, str_text(&out), out.len);

	str_release(&out);
	return text;
}

void json_writer_init(struct json_writer *w, struct str *out)
{
	w->out = out;
	w->comma = false;
}

/* Before each value: the comma that is due. */
static void begin_value(struct json_writer *w)
{
	if (w->comma)
		str_addc(w->out, ',');
	w->comma = true;
}

void json_open(struct json_writer *w, char bracket)
{
	begin_value(w);
	str_addc(w->out, bracket);
	w->comma = false;
}

void json_close(struct json_writer *w, char bracket)
{
	str_addc(w->out, bracket);
	w->comma = true;
}

void json_key(struct json_writer *w, const char *key)
{
	begin_value(w);
	json_quote(w->out, key);
	str_addc(w->out, ':');
	w->comma = false;
}

void json_put_text(struct json_writer *w, const char *z)
{
	begin_value(w);
	if (z)
		json_quote(w->out, z);
	else
		str_addz(w->out, "null");
}

void json_put_int(struct json_writer *w, int64_t v)
{
	begin_value(w);
	str_printf(w->out, "%" PRId64, v);
}

void json_put_bool(struct json_writer *w, bool v)
{
	json_put_raw(w, v ? "true" : "false");
}

void json_put_null(struct json_writer *w)
{
	json_put_raw(w, "null");
}

void json_put_raw(struct json_writer *w, const char *json)
{
	begin_value(w);
	str_addz(w->out, json);
}

void json_pair_text(struct json_writer *w, const char *key, const char *z)
{
	json_key(w, key);
	json_put_text(w, z);
}

void json_pair_int(struct json_writer *w, const char *key, int64_t v)
{
	json_key(w, key);
	json_put_int(w, v);
}

void json_pair_bool(struct json_writer *w, const char *key, bool v)
{
	json_key(w, key);
	json_put_bool(w, v);
}

/* A character that JSON does not take as it is. */
static void add_escape(struct str *out, unsigned char c)
{
	static const char short_names[32] = {['\b'] = 'b',
	    ['\t'] = 't',
	    ['\n'] = 'n',
	    ['\f'] = 'f',
	    ['\r'] = 'r'};

	str_addc(out, '\\');
	if (c >= 0x20)
		str_addc(out, (char)c);
	else if (short_names[c])
		str_addc(out, short_names[c]);
	else
		str_printf(out, "u%04x", c);
}

static bool is_plain(char c)
{
	return (unsigned char)c >= 0x20 && (unsigned char)c < 0x80 &&
	       c != '"' && c != '\\';
}

void json_quote(struct str *out, const char *z)
{
	const char *end = z + strlen(z);

	str_addc(out, '"');
	while (z < end) {
		const char *start = z;

		while (z < end && is_plain(*z))
			z++;
		str_add(out, start, (size_t)(z - start));
		if (z == end)
			break;
		start = z;
		int32_t c = utf8_next(&z, end);

		if (c < 0)
			str_addz(out, "\xef\xbf\xbd");
		else if (c < 0x80)
			add_escape(out, (unsigned char)c);
		else
			str_add(out, start, (size_t)(z - start));
	}
	str_addc(out, '"');
}

const char *json_whole(struct arena *a, const char *object)
{
	const char *good = object; /* behind the last whole member */
	bool in_string = false;
	int depth = 0;

	for (const char *p = object; *p; p++) {
		if (in_string && *p == '\\' && p[1])
			p++;
		else if (*p == '"')
			in_string = !in_string;
		else if (in_string)
			continue;
		else if (*p == '{' || *p == '[')
			depth++;
		else if ((*p == '}' || *p == ']') && --depth == 0)
			return object;
		else if (*p == ',' && depth == 1)
			good = p;
	}
	return good > object
		   ? arena_printf(a, "%.*s}", (int)(good - object), object)
		   : "{}";
}
