/* inspect.c: one look at a whole file, before anything is done with it */
/* SPDX-License-Identifier: MIT */
#include "domain/import/inspect.h"

#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "base/utf8.h"

#define SAMPLE_BYTES 120u
#define HEADER_BYTES 2000u
#define JSON_CAP (64u << 20)

struct look {
	struct arena *arena;
	struct inspection *out;
	bool header;
	bool begun; /* the first record is behind us */
};

const char *inspect_column_name(struct arena *a, size_t i)
{
	char letters[8];
	char *p = letters + sizeof(letters) - 1;

	*p = '\0';
	for (size_t n = i + 1; n && p > letters; n = (n - 1) / 26)
		*--p = (char)('A' + (n - 1) % 26);
	return arena_printf(a, "Column %s", p);
}

/* At most `bytes` of a text, cut at a character. */
static const char *clip(
    struct arena *a, const char *text, size_t n, size_t bytes)
{
	if (n <= bytes)
		return arena_strndup(a, text, n);
	for (n = bytes; n && ((unsigned char)text[n] & 0xc0) == 0x80;)
		n--;
	return arena_printf(a, "%.*s\xe2\x80\xa6", (int)n, text);
}

const char *inspect_sample(struct arena *a, const char *text, size_t n)
{
	return clip(a, text, n, SAMPLE_BYTES);
}

static void begin(struct look *l, const struct record *r)
{
	struct inspection *out = l->out;

	out->column_count = r->count;
	out->columns = arena_alloc(l->arena, r->count * sizeof(*out->columns));
	for (size_t i = 0; i < r->count; i++) {
		struct import_column *c = &out->columns[i];
		const char *text = r->cells[i];
		size_t n = r->lengths[i];

		c->header = "";
		if (l->header) {
			utf8_trim(&text, &n);
			c->header = n > HEADER_BYTES
					? clip(l->arena, text, n, HEADER_BYTES)
					: arena_strndup(l->arena, text, n);
		}
		c->name =
		    *c->header ? c->header : inspect_column_name(l->arena, i);
	}
}

static void note(struct look *l, const struct record *r)
{
	size_t n = r->count;

	if (n > l->out->column_count)
		n = l->out->column_count;
	for (size_t i = 0; i < n; i++) {
		struct import_column *c = &l->out->columns[i];

		if (!r->lengths[i])
			continue;
		c->filled++;
		if (c->sample_count < 3)
			c->samples[c->sample_count++] = inspect_sample(
			    l->arena, r->cells[i], r->lengths[i]);
	}
	l->out->rows++;
}

static bool on_record(void *arg, const struct record *r)
{
	struct look *l = arg;
	bool first = !l->begun;

	l->begun = true;
	if (first)
		begin(l, r);
	if (!first || !l->header)
		note(l, r);
	return true;
}

enum status inspect_file(struct arena *a, const struct source *s, bool header,
    struct inspection *out, struct refusal *refusal, struct err *e)
{
	struct look l = {.arena = a, .out = out, .header = header};

	*out = (struct inspection){0};
	enum status st = source_read(a, s, on_record, &l, refusal, e);

	if (st != STATUS_OK || out->rows)
		return st;
	refusal->code = REFUSED_EMPTY_FILE;
	refusal->text =
	    l.begun ? "The file has a header but no rows of contacts below it."
		    : "The file is empty: there is not one row in it.";
	return STATUS_INVALID;
}

const char *inspect_to_json(struct arena *a, const struct inspection *in)
{
	struct str out;
	struct json_writer w;

	str_init(&out, JSON_CAP);
	json_writer_init(&w, &out);
	json_open(&w, '[');
	for (size_t i = 0; i < in->column_count; i++) {
		const struct import_column *c = &in->columns[i];

		json_open(&w, '{');
		json_pair_text(&w, "header", c->header);
		json_pair_int(&w, "filled", (int64_t)c->filled);
		json_key(&w, "samples");
		json_open(&w, '[');
		for (size_t k = 0; k < c->sample_count; k++)
			json_put_text(&w, c->samples[k]);
		json_close(&w, ']');
		json_close(&w, '}');
	}
	json_close(&w, ']');
	const char *json = arena_strndup(a, str_text(&out), out.len);

	str_release(&out);
	return json;
}

static void column_from_json(
    struct arena *a, const struct json_t *v, size_t i, struct import_column *c)
{
	const struct json_t *samples = json_get(v, "samples");
	int64_t filled = 0;

	c->header = str_or_empty(json_get_text(v, "header"));
	c->name = *c->header ? c->header : inspect_column_name(a, i);
	if (json_int(json_get(v, "filled"), &filled))
		c->filled = (uint64_t)filled;
	c->sample_count = json_count(samples);
	if (c->sample_count > 3)
		c->sample_count = 3;
	for (size_t k = 0; k < c->sample_count; k++)
		c->samples[k] = str_or_empty(json_text(json_at(samples, k)));
}

void inspect_from_json(
    struct arena *a, const char *json, struct inspection *out)
{
	struct json_t *v = NULL;
	struct err e;

	*out = (struct inspection){0};
	if (json_parse(a, json, strlen(json), &v, &e) != STATUS_OK)
		return;
	out->column_count = json_count(v);
	out->columns =
	    arena_alloc(a, out->column_count * sizeof(*out->columns));
	for (size_t i = 0; i < out->column_count; i++)
		column_from_json(a, json_at(v, i), i, &out->columns[i]);
}

const char *inspect_without_samples(struct arena *a, const char *json)
{
	struct inspection found;

	inspect_from_json(a, json, &found);
	for (size_t i = 0; i < found.column_count; i++)
		found.columns[i].sample_count = 0;
	return inspect_to_json(a, &found);
}
