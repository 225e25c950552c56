/* multipart.c: the parts of a multipart/form-data body */
/* SPDX-License-Identifier: MIT */
/*
 * The body is there as a whole (mapped from the file that the server in front
 * wrote), so a part is a pointer and a length, and nothing is copied but text
 * fields. RFC 7578, and of RFC 2046 what a form needs: no preamble, no nested
 * multiparts, no transfer encodings.
 */
#include "web/multipart.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

#define BOUNDARY_MAX 70u

struct text {
	const char *p;
	size_t n;
};

/* What the headers of a part say. */
struct part {
	struct text name;
	struct text file_name;
	struct text type;
	bool has_name;
	bool has_file_name;
};

struct scan {
	struct arena *arena;
	const char *p; /* where we are */
	const char *end;
	char delimiter[BOUNDARY_MAX + 5]; /* CR LF - - boundary */
	size_t delimiter_n;
	size_t parts;
	size_t text_bytes;
	struct form *form;
	struct upload *file;
	const char *body;
};

static enum status malformed(struct err *e, const char *sentence)
{
	return ERR(e, STATUS_INVALID, "%s", sentence);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static void skip_blanks(const char **p, const char *end)
{
	while (*p < end && is_blank(**p))
		++*p;
}

/* --- "; name=value" lists, as in Content-Type and Content-Disposition --- */

static bool is_token_char(char c)
{
	return c > ' ' && c < 0x7f && !strchr("()<>@,;:\\\"/[]?=", c);
}

/* A value in quotes into the arena: \" and \\ are escapes, any other
 * backslash (C:\file.csv) is one. False when the quote does not end. */
static bool read_quoted(
    struct arena *a, const char **p, const char *end, struct text *out)
{
	char *copy = arena_raw(a, (size_t)(end - *p) + 1);
	size_t n = 0;

	for (++*p; *p < end && **p != '"'; ++*p) {
		if (**p == '\\' && *p + 1 < end &&
		    ((*p)[1] == '"' || (*p)[1] == '\\'))
			++*p;
		copy[n++] = **p;
	}
	if (*p == end)
		return false;
	++*p;
	copy[n] = '\0';
	*out = (struct text){copy, n};
	return true;
}

/* The next parameter; false at the end of the list, with *broken when it does
 * not end as it should. */
static bool next_parameter(struct arena *a, const char **p, const char *end,
    struct text *name, struct text *value, bool *broken)
{
	skip_blanks(p, end);
	if (*p == end)
		return false;
	*broken = true;
	if (**p != ';')
		return false;
	++*p;
	skip_blanks(p, end);
	if (*p == end) {
		*broken = false; /* a last ';' does no harm */
		return false;
	}
	name->p = *p;
	while (*p < end && is_token_char(**p))
		++*p;
	name->n = (size_t)(*p - name->p);
	if (name->n == 0 || *p == end || **p != '=')
		return false;
	++*p;
	if (*p < end && **p == '"') {
		if (!read_quoted(a, p, end, value))
			return false;
	} else {
		value->p = *p;
		while (*p < end && **p != ';' && !is_blank(**p))
			++*p;
		value->n = (size_t)(*p - value->p);
	}
	*broken = false;
	return true;
}

static bool text_is(struct text t, const char *word)
{
	if (t.n != strlen(word))
		return false;
	for (size_t i = 0; i < t.n; i++) {
		char c = t.p[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (c != word[i])
			return false;
	}
	return true;
}

/* Reads up to the first ';' or blank: "multipart/form-data", "form-data". */
static struct text read_word(const char **p, const char *end)
{
	struct text word = {*p, 0};

	while (*p < end && **p != ';' && !is_blank(**p))
		++*p;
	word.n = (size_t)(*p - word.p);
	return word;
}

static bool boundary_allowed(struct text b)
{
	if (b.n == 0 || b.n > BOUNDARY_MAX || b.p[b.n - 1] == ' ')
		return false;
	for (size_t i = 0; i < b.n; i++)
		if (b.p[i] < ' ' || b.p[i] > '~')
			return false;
	return true;
}

static enum status find_boundary(
    struct scan *s, const char *content_type, struct err *e)
{
	static const char sentence[] =
	    "The form's Content-Type names no boundary.";
	const char *p = content_type;
	const char *end = p + strlen(p);
	struct text name, value, boundary = {0};
	bool broken = false;

	skip_blanks(&p, end);
	if (!text_is(read_word(&p, end), "multipart/form-data"))
		return malformed(e, sentence);
	while (next_parameter(s->arena, &p, end, &name, &value, &broken))
		if (text_is(name, "boundary") && !boundary.p)
			boundary = value;
	if (broken || !boundary.p || !boundary_allowed(boundary))
		return malformed(e, sentence);
	memcpy(s->delimiter, "\r\n--", 4);
	memcpy(s->delimiter + 4, boundary.p, boundary.n);
	s->delimiter_n = boundary.n + 4;
	return STATUS_OK;
}

/* --- the headers of a part --- */

static int hex_digit(char c)
{
	const char *digits = "0123456789abcdef0123456789ABCDEF";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)((at - digits) & 15) : -1;
}

/* Decodes %XX; what is no escape stays as it is. */
static struct text decode_percent(struct arena *a, struct text in)
{
	char *out = arena_raw(a, in.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < in.n; i++) {
		bool escape = in.p[i] == '%' && in.n - i > 2 &&
			      hex_digit(in.p[i + 1]) >= 0 &&
			      hex_digit(in.p[i + 2]) >= 0;

		out[n++] = escape ? (char)(hex_digit(in.p[i + 1]) * 16 +
					   hex_digit(in.p[i + 2]))
				  : in.p[i];
		if (escape)
			i += 2;
	}
	out[n] = '\0';
	return (struct text){out, n};
}

/* filename*=UTF-8''... (RFC 5987); other character sets are passed over. */
static void read_extended(struct arena *a, struct part *part, struct text value)
{
	static const char head[] = "utf-8'";
	struct text start = {value.p, sizeof(head) - 1};
	const char *quote;

	if (value.n < start.n || !text_is(start, head))
		return;
	value.p += start.n;
	value.n -= start.n;
	quote = memchr(value.p, '\'', value.n);
	if (!quote)
		return;
	value.n -= (size_t)(quote + 1 - value.p);
	value.p = quote + 1;
	part->file_name = decode_percent(a, value);
	part->has_file_name = true;
}

static enum status read_disposition(
    struct scan *s, struct text value, struct part *part, struct err *e)
{
	const char *p = value.p;
	const char *end = p + value.n;
	struct text name, v, extended = {0};
	bool broken = false;

	if (!text_is(read_word(&p, end), "form-data"))
		return malformed(e, "A part of the form is no form-data.");
	while (next_parameter(s->arena, &p, end, &name, &v, &broken)) {
		if (text_is(name, "name") && !part->has_name) {
			part->name = v;
			part->has_name = true;
		} else if (text_is(name, "filename")) {
			part->file_name = v;
			part->has_file_name = true;
		} else if (text_is(name, "filename*")) {
			extended = v;
		}
	}
	if (broken)
		return malformed(
		    e, "A part of the form has a header that is broken.");
	if (extended.p)
		read_extended(s->arena, part, extended);
	return STATUS_OK;
}

static enum status read_header(
    struct scan *s, struct text line, struct part *part, struct err *e)
{
	const char *colon = memchr(line.p, ':', line.n);
	struct text name, value;

	if (!colon || colon == line.p)
		return malformed(
		    e, "A part of the form has a header that is broken.");
	name = (struct text){line.p, (size_t)(colon - line.p)};
	value = (struct text){colon + 1, line.n - name.n - 1};
	while (value.n && is_blank(*value.p)) {
		value.p++;
		value.n--;
	}
	if (text_is(name, "content-disposition"))
		return read_disposition(s, value, part, e);
	if (text_is(name, "content-type"))
		part->type = value;
	return STATUS_OK;
}

/* Reads the header lines and the empty line after them. */
static enum status read_headers(
    struct scan *s, struct part *part, struct err *e)
{
	const char *start = s->p;
	enum status st = STATUS_OK;

	while (st == STATUS_OK) {
		size_t left = (size_t)(s->end - s->p);
		size_t used = (size_t)(s->p - start);
		size_t most = MULTIPART_HEAD_MAX - used;
		const char *stop =
		    memmem(s->p, left < most ? left : most, "\r\n", 2);
		struct text line;

		if (!stop)
			return malformed(e,
			    left < most
				? "The form breaks off in the middle."
				: "A part of the form has too long headers.");
		line = (struct text){s->p, (size_t)(stop - s->p)};
		s->p = stop + 2;
		if (line.n == 0)
			break;
		st = read_header(s, line, part, e);
	}
	if (st == STATUS_OK && !part->has_name)
		return malformed(e, "A part of the form has no name.");
	return st;
}

/* --- the contents --- */

const char *upload_name_clean(struct arena *a, const char *name, size_t n)
{
	const char *end = name + n;
	char *out = arena_raw(a, MULTIPART_NAME_MAX + 1);
	size_t k = 0;

	for (const char *p = name; p < end; p++)
		if (*p == '/' || *p == '\\')
			name = p + 1;
	while (name < end) {
		const char *from = name;
		int32_t c = utf8_next(&name, end);
		size_t size = (size_t)(name - from);

		if (c < ' ' || c == 0x7f || (c >= 0x80 && c < 0xa0) ||
		    (c >= 0x202a && c <= 0x202e) ||
		    (c >= 0x2066 && c <= 0x2069)) {
			from = "_"; /* controls, also of direction */
			size = 1;
		}
		if (k + size > MULTIPART_NAME_MAX)
			break;
		memcpy(out + k, from, size);
		k += size;
	}
	out[k] = '\0';
	return out;
}

static enum status take_file(
    struct scan *s, const struct part *part, struct text content, struct err *e)
{
	struct text name = part->file_name;
	const char *escaped = memmem(name.p, name.n, "%22", 3);

	if (!text_is(part->name, "file") || (name.n == 0 && content.n == 0))
		return STATUS_OK;
	if (s->file->present)
		return malformed(e, "The form holds more than one file.");
	if (escaped)
		name = decode_percent(s->arena, name);
	s->file->present = true;
	s->file->name = upload_name_clean(s->arena, name.p, name.n);
	s->file->type = arena_strndup(
	    s->arena, part->type.p ? part->type.p : "", part->type.n);
	s->file->offset = (uint64_t)(content.p - s->body);
	s->file->length = content.n;
	return STATUS_OK;
}

static enum status take_field(
    struct scan *s, const struct part *part, struct text content, struct err *e)
{
	s->text_bytes += content.n + part->name.n;
	if (s->text_bytes > MULTIPART_TEXT_MAX)
		return ERR(e, STATUS_TOO_LARGE,
		    "The fields of the form are too long.");
	if (!utf8_valid(part->name.p, part->name.n, NULL) ||
	    !utf8_valid(content.p, content.n, NULL))
		return malformed(e, "A field of the form is not UTF-8 text.");
	if (form_add(s->arena, s->form,
		arena_strndup(s->arena, part->name.p, part->name.n),
		arena_strndup(s->arena, content.p, content.n),
		content.n) != STATUS_OK)
		return ERR(
		    e, STATUS_TOO_LARGE, "The form has too many fields.");
	return STATUS_OK;
}

/* At a delimiter: the end of the body, the next part (*last false), or
 * neither, when it only looked like one. */
static bool at_delimiter(
    const struct scan *s, const char *p, const char **after, bool *last)
{
	const char *end = s->end;

	if (end - p >= 2 && p[0] == '-' && p[1] == '-') {
		*last = true;
		*after = p + 2;
		return true;
	}
	skip_blanks(&p, end);
	if (end - p < 2 || p[0] != '\r' || p[1] != '\n')
		return false;
	*last = false;
	*after = p + 2;
	return true;
}

/* Finds where the contents of a part end. */
static bool find_end(
    struct scan *s, const char *from, const char **stop, bool *last)
{
	while (from < s->end) {
		const char *found = memmem(from, (size_t)(s->end - from),
		    s->delimiter, s->delimiter_n);

		if (!found)
			return false;
		if (at_delimiter(s, found + s->delimiter_n, &s->p, last)) {
			*stop = found;
			return true;
		}
		from = found + s->delimiter_n;
	}
	return false;
}

static enum status read_part(struct scan *s, bool *last, struct err *e)
{
	struct part part = {0};
	struct text content;
	const char *stop;
	enum status st;

	if (++s->parts > MULTIPART_PARTS_MAX)
		return ERR(e, STATUS_TOO_LARGE, "The form has too many parts.");
	st = read_headers(s, &part, e);
	if (st != STATUS_OK)
		return st;
	content.p = s->p;
	if (!find_end(s, content.p, &stop, last))
		return malformed(e, "The form breaks off in the middle.");
	content.n = (size_t)(stop - content.p);
	return part.has_file_name ? take_file(s, &part, content, e)
				  : take_field(s, &part, content, e);
}

enum status multipart_parse(struct arena *a, const char *content_type,
    const char *p, size_t n, struct form *form, struct upload *file,
    struct err *e)
{
	struct scan s = {
	    .arena = a, .end = p + n, .form = form, .file = file, .body = p};
	enum status st = find_boundary(&s, content_type, e);
	size_t first = s.delimiter_n ? s.delimiter_n - 2 : 0;
	bool last = false;

	if (st != STATUS_OK)
		return st;
	/* The first delimiter has no line end before it. */
	if (n < first || memcmp(p, s.delimiter + 2, first) != 0 ||
	    !at_delimiter(&s, p + first, &s.p, &last))
		return malformed(
		    e, "The form does not begin with its boundary.");
	while (st == STATUS_OK && !last)
		st = read_part(&s, &last, e);
	return st;
}
