/* mask.c: cells of a kept file are overwritten where they lie */
/* SPDX-License-Identifier: MIT */
#include "domain/privacy/mask.h"

#include <string.h>

#include "domain/import/decode.h"

#define FILL_1 0x78u   /* x */
#define FILL_2 0xD7u   /* multiplication sign: two bytes of UTF-8 */
#define FILL_3 0x2022u /* bullet: three */
#define FILL_3_1252 0x95u

void mask_init(struct mask *m, enum encoding encoding, char delimiter,
    const struct mask_range *ranges, size_t count)
{
	*m = (struct mask){.encoding = encoding,
	    .delimiter = delimiter,
	    .ranges = ranges,
	    .count = count};
}

static bool stays(uint32_t unit, char delimiter)
{
	return unit == '"' || unit == '\r' || unit == '\n' || unit == ' ' ||
	       unit == '\t' || unit == 0 || unit == (unsigned char)delimiter;
}

/* Whether the character at hand lies in a range. */
static bool in_range(struct mask *m)
{
	while (m->at < m->count && m->ranges[m->at].to <= m->offset)
		m->at++;
	return m->at < m->count && m->ranges[m->at].from <= m->offset;
}

/* The byte order mark is no part of the decoded text. */
static size_t bom_length(
    const struct mask *m, const unsigned char *bytes, size_t n)
{
	if (m->bytes)
		return 0;
	switch (m->encoding) {
	case ENCODING_UTF8:
	case ENCODING_COUNT:
		return n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	case ENCODING_UTF16LE:
		return n >= 2 && bytes[0] == 0xFF && bytes[1] == 0xFE ? 2 : 0;
	case ENCODING_UTF16BE:
		return n >= 2 && bytes[0] == 0xFE && bytes[1] == 0xFF ? 2 : 0;
	case ENCODING_WINDOWS1252:
		break;
	}
	return 0;
}

static uint32_t unit_at(enum encoding encoding, const unsigned char *p)
{
	if (encoding == ENCODING_UTF16LE)
		return p[0] | (uint32_t)p[1] << 8;
	if (encoding == ENCODING_UTF16BE)
		return p[1] | (uint32_t)p[0] << 8;
	return p[0];
}

/* Puts another unit of as many decoded bytes. True when it was not that. */
static bool fill(enum encoding encoding, unsigned char *p, size_t width)
{
	bool wide =
	    encoding == ENCODING_UTF16LE || encoding == ENCODING_UTF16BE;
	uint32_t filler = width == 1   ? FILL_1
			  : width == 2 ? FILL_2
			  : wide       ? FILL_3
				       : FILL_3_1252;
	bool other = unit_at(encoding, p) != filler;

	if (!wide) {
		p[0] = (unsigned char)filler;
	} else {
		p[encoding == ENCODING_UTF16BE] = (unsigned char)filler;
		p[encoding == ENCODING_UTF16LE] = (unsigned char)(filler >> 8);
	}
	return other;
}

bool mask_piece(struct mask *m, unsigned char *bytes, size_t n)
{
	size_t size =
	    m->encoding == ENCODING_UTF16LE || m->encoding == ENCODING_UTF16BE
		? 2
		: 1;
	bool changed = false;
	size_t i = bom_length(m, bytes, n);

	m->bytes += n;
	for (; i + size <= n && m->at < m->count; i += size) {
		uint32_t unit = unit_at(m->encoding, bytes + i);
		size_t width = decode_width(m->encoding, unit);

		if (in_range(m) && !stays(unit, m->delimiter))
			changed |= fill(m->encoding, bytes + i, width);
		m->offset += width;
	}
	return changed;
}

bool mask_is_done(const char *raw, size_t n, char delimiter)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)raw[i];

		if (c == FILL_1 || stays(c, delimiter))
			continue;
		if (c == 0xC3 && i + 1 < n && (unsigned char)raw[i + 1] == 0x97)
			i++;
		else if (i + 2 < n &&
			 (memcmp(raw + i, "\xE2\x80\xA2", 3) == 0 ||
			     memcmp(raw + i, NUL_MARK, 3) == 0))
			i += 2;
		else
			return false;
	}
	return true;
}

/* Moves over one cell; gives where it ends. */
static size_t cell_end(const char *raw, size_t n, size_t i, char delimiter)
{
	bool quoted = false;
	bool begun = false;
	bool in_quotes = false; /* the cell began with one */

	for (; i < n; i++) {
		char c = raw[i];

		if (quoted) {
			quoted = c != '"';
			continue;
		}
		if (c == delimiter)
			break;
		/* A quote that follows a closing one is the second of two. */
		if (c == '"' && (!begun || (in_quotes && raw[i - 1] == '"')))
			quoted = in_quotes = true;
		begun |= c != ' ' && c != '\t';
	}
	return i;
}

struct mask_range mask_cell(const struct record *r, char delimiter, size_t i)
{
	size_t from = 0;
	size_t to = cell_end(r->raw, r->raw_len, 0, delimiter);

	while (i-- && to < r->raw_len) {
		from = to + 1;
		to = cell_end(r->raw, r->raw_len, from, delimiter);
	}
	return (struct mask_range){r->offset + from, r->offset + to};
}
