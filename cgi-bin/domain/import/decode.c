/* decode.c: the bytes of a file as UTF-8, piece by piece */
/* SPDX-License-Identifier: MIT */
/*
 * UTF-8 is checked and passed on; UTF-16 and Windows-1252 are converted. A
 * character that is cut at the end of a piece waits in `rest` for its other
 * bytes. Nothing is ever replaced: a byte that does not belong stops the file.
 */
#include "domain/import/decode.h"

#include <string.h>

/* Windows-1252 from 0x80 to 0x9F; 0 is not assigned. */
static const uint16_t windows1252[32] = {0x20AC, 0, 0x201A, 0x0192, 0x201E,
    0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D,
    0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
    0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178};

void decoder_init(struct decoder *d, enum encoding encoding)
{
	*d = (struct decoder){.encoding = encoding, .line = 1};
}

/* Whichever kind of line end the file has, CRLF counts once. */
static void set_line(struct decoder *d)
{
	d->line = 1 + (d->lf > d->cr ? d->lf : d->cr);
}

static void count_lines(struct decoder *d, const unsigned char *p, size_t n)
{
	size_t lf = 0;
	size_t cr = 0;

	for (size_t i = 0; i < n; i++) {
		lf += p[i] == '\n';
		cr += p[i] == '\r';
	}
	d->lf += lf;
	d->cr += cr;
}

static void put_code(struct str *out, uint32_t c)
{
	char b[4];

	if (c < 0x80) {
		str_addc(out, (char)c);
	} else if (c < 0x800) {
		b[0] = (char)(0xC0 | c >> 6);
		b[1] = (char)(0x80 | (c & 0x3F));
		str_add(out, b, 2);
	} else if (c < 0x10000) {
		b[0] = (char)(0xE0 | c >> 12);
		b[1] = (char)(0x80 | (c >> 6 & 0x3F));
		b[2] = (char)(0x80 | (c & 0x3F));
		str_add(out, b, 3);
	} else {
		b[0] = (char)(0xF0 | c >> 18);
		b[1] = (char)(0x80 | (c >> 12 & 0x3F));
		b[2] = (char)(0x80 | (c >> 6 & 0x3F));
		b[3] = (char)(0x80 | (c & 0x3F));
		str_add(out, b, 4);
	}
}

static size_t utf8_width(uint32_t c)
{
	return c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
}

size_t decode_width(enum encoding encoding, uint32_t unit)
{
	switch (encoding) {
	case ENCODING_UTF8:
	case ENCODING_COUNT:
		return unit ? 1 : strlen(NUL_MARK);
	case ENCODING_UTF16LE:
	case ENCODING_UTF16BE:
		return unit >= 0xD800 && unit <= 0xDFFF ? 2 : utf8_width(unit);
	case ENCODING_WINDOWS1252:
		return utf8_width(unit >= 0x80 && unit < 0xA0
				      ? windows1252[unit - 0x80]
				      : unit);
	}
	return 1;
}

/* How many leading bytes are ASCII without NUL. */
static size_t ascii_run(const unsigned char *p, size_t n)
{
	size_t i = 0;

	while (i + 8 <= n) {
		uint64_t v;

		memcpy(&v, p + i, 8);
		uint64_t zero = (v - 0x0101010101010101u) & ~v;

		if ((v | zero) & 0x8080808080808080u)
			break;
		i += 8;
	}
	while (i < n && p[i] && p[i] < 0x80)
		i++;
	return i;
}

/* Bytes of the sequence that begins with `first`; 0 when none does. */
static size_t sequence_length(unsigned char first)
{
	if (first < 0x80)
		return 1;
	if (first >= 0xC2 && first <= 0xDF)
		return 2;
	if (first >= 0xE0 && first <= 0xEF)
		return 3;
	if (first >= 0xF0 && first <= 0xF4)
		return 4;
	return 0;
}

/* Is the second byte allowed after the first: no overlong forms, surrogates,
 * nor anything over U+10FFFF. */
static bool second_fits(unsigned char first, unsigned char second)
{
	if (first == 0xE0)
		return second >= 0xA0 && second <= 0xBF;
	if (first == 0xED)
		return second >= 0x80 && second <= 0x9F;
	if (first == 0xF0)
		return second >= 0x90 && second <= 0xBF;
	if (first == 0xF4)
		return second >= 0x80 && second <= 0x8F;
	return second >= 0x80 && second <= 0xBF;
}

/* Length of the character at p; 0 when it is malformed, -1 when n cuts it. */
static int utf8_sequence(const unsigned char *p, size_t n)
{
	size_t need = sequence_length(p[0]);

	if (!need || !p[0])
		return 0;
	for (size_t i = 1; i < need; i++) {
		if (i == n)
			return -1;
		if (i == 1 ? !second_fits(p[0], p[1])
			   : p[i] < 0x80 || p[i] > 0xBF)
			return 0;
	}
	return (int)need;
}

/* What a decoding of bytes came to. */
struct piece {
	size_t used; /* bytes that were decoded; the rest is a cut character */
	bool bad;    /* the byte at `used` does not belong */
};

/* One NUL more may pass, `used` bytes into the piece at hand. */
static bool nul_is_stray(struct decoder *d, size_t used)
{
	if ((d->nuls + 1) * NUL_SHARE > d->bytes + used)
		return false;
	d->nuls++;
	return true;
}

static struct piece decode_utf8(
    struct decoder *d, const unsigned char *p, size_t n, struct str *out)
{
	struct piece done = {0};
	size_t begin = 0; /* of what is not yet added */

	while (done.used < n) {
		done.used += ascii_run(p + done.used, n - done.used);
		if (done.used == n)
			break;
		if (!p[done.used] && nul_is_stray(d, done.used)) {
			str_add(out, p + begin, done.used - begin);
			str_addz(out, NUL_MARK);
			begin = ++done.used;
			continue;
		}
		int len = utf8_sequence(p + done.used, n - done.used);

		if (len == 0) {
			done.bad = true;
			d->nul = !p[done.used];
		}
		if (len <= 0)
			break;
		done.used += (size_t)len;
	}
	str_add(out, p + begin, done.used - begin);
	d->bytes += done.used;
	return done;
}

static uint32_t utf16_unit(const struct decoder *d, const unsigned char *p)
{
	return d->encoding == ENCODING_UTF16LE ? p[0] | (uint32_t)p[1] << 8
					       : p[1] | (uint32_t)p[0] << 8;
}

static struct piece decode_utf16(
    struct decoder *d, const unsigned char *p, size_t n, struct str *out)
{
	struct piece done = {0};

	while (done.used + 2 <= n) {
		uint32_t c = utf16_unit(d, p + done.used);
		size_t size = 2;

		if (c >= 0xD800 && c <= 0xDBFF) {
			if (done.used + 4 > n)
				break;
			uint32_t low = utf16_unit(d, p + done.used + 2);

			done.bad = low < 0xDC00 || low > 0xDFFF;
			c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
			size = 4;
		} else if (!c || (c >= 0xDC00 && c <= 0xDFFF)) {
			done.bad = true;
			d->nul = !c;
		}
		if (done.bad)
			break;
		put_code(out, c);
		done.used += size;
	}
	return done;
}

static struct piece decode_windows1252(
    struct decoder *d, const unsigned char *p, size_t n, struct str *out)
{
	struct piece done = {0};

	while (done.used < n) {
		size_t run = ascii_run(p + done.used, n - done.used);

		str_add(out, p + done.used, run);
		done.used += run;
		if (done.used == n)
			break;
		uint32_t c = p[done.used];

		if (c >= 0x80 && c < 0xA0)
			c = windows1252[c - 0x80];
		if (!c) {
			done.bad = true;
			d->nul = !p[done.used];
			break;
		}
		put_code(out, c);
		done.used++;
	}
	return done;
}

static struct piece decode(
    struct decoder *d, const unsigned char *p, size_t n, struct str *out)
{
	struct piece done = {0};
	size_t before = out->len;

	switch (d->encoding) {
	case ENCODING_UTF8:
	case ENCODING_COUNT:
		done = decode_utf8(d, p, n, out);
		break;
	case ENCODING_UTF16LE:
	case ENCODING_UTF16BE:
		done = decode_utf16(d, p, n, out);
		break;
	case ENCODING_WINDOWS1252:
		done = decode_windows1252(d, p, n, out);
		break;
	}
	if (out->len > before)
		count_lines(d, (const unsigned char *)out->data + before,
		    out->len - before);
	set_line(d);
	return done;
}

/* Takes a byte order mark off the beginning of out[from..], once there is
 * enough to tell. It is three bytes in UTF-8, whatever the file has. */
static void drop_bom(struct decoder *d, struct str *out, size_t from)
{
	if (d->begun || out->len == from)
		return;
	d->begun = true;
	if (d->encoding == ENCODING_WINDOWS1252 || out->len - from < 3 ||
	    memcmp(out->data + from, "\xEF\xBB\xBF", 3) != 0)
		return;
	memmove(out->data + from, out->data + from + 3, out->len - from - 3);
	out->len -= 3;
	out->data[out->len] = '\0';
}

/* Completes the character that the last piece left behind, byte by byte.
 * Gives the bytes taken from the new piece, or -1 when it is malformed. */
static int complete_rest(
    struct decoder *d, const unsigned char *p, size_t n, struct str *out)
{
	size_t taken = 0;

	while (d->rest_len && taken < n) {
		d->rest[d->rest_len++] = p[taken++];
		struct piece done = decode(d, d->rest, d->rest_len, out);

		if (done.bad)
			return -1;
		if (done.used)
			d->rest_len = 0;
	}
	return (int)taken;
}

enum status decoder_feed(
    struct decoder *d, const char *bytes, size_t n, struct str *out)
{
	const unsigned char *p = (const unsigned char *)bytes;
	size_t from = out->len;
	int taken = complete_rest(d, p, n, out);

	if (taken < 0)
		return STATUS_INVALID;
	p += taken;
	n -= (size_t)taken;
	if (n) {
		struct piece done = decode(d, p, n, out);

		if (done.bad)
			return STATUS_INVALID;
		d->rest_len = n - done.used;
		if (d->rest_len)
			memcpy(d->rest, p + done.used, d->rest_len);
	}
	drop_bom(d, out, from);
	return out->full ? STATUS_TOO_LARGE : STATUS_OK;
}

enum status decoder_finish(struct decoder *d)
{
	return d->rest_len ? STATUS_INVALID : STATUS_OK;
}
