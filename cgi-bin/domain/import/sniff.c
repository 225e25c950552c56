/* sniff.c: what kind of text a file is: encoding, delimiter, header */
/* SPDX-License-Identifier: MIT */
/*
 * In this order: what is no text at all (by its first bytes, and by NULs that
 * are not of UTF-16), the encoding, the delimiter (by reading the beginning
 * with each one), the header. Bytes that are not UTF-8 are Windows-1252 unless
 * there is evidence for something else: a wrong guess would store names that
 * nobody can read.
 */
#include "domain/import/sniff.h"

#include <string.h>
#include <strings.h>

#include <uchardet/uchardet.h>

#include "base/str.h"
#include "base/utf8.h"
#include "domain/import/decode.h"
#include "domain/import/formats.h"
#include "domain/import/read.h"

/* Bytes that delimiters and headers are looked for in, and the records by
 * which delimiters are judged. */
#define SNIFF_MAX (64u << 10)
#define SNIFF_RECORDS 100

#define SAVE_AS "Save or export it as CSV (UTF-8) and upload that."

struct signature {
	const char *bytes;
	size_t n;
	const char *why;
};

#define SIGNATURE(bytes, what)                                                 \
	{                                                                      \
		bytes, sizeof(bytes) - 1, "The file is " what ". " SAVE_AS     \
	}

static const struct signature signatures[] = {
    SIGNATURE("PK\3\4", "a spreadsheet (xlsx, ods) or another zip archive"),
    SIGNATURE("PK\5\6", "an empty zip archive"),
    SIGNATURE("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
	"an old Excel or Office document (xls)"),
    SIGNATURE("%PDF-", "a PDF document"),
    SIGNATURE("\x1F\x8B", "compressed (gzip)"),
    SIGNATURE("BZh", "compressed (bzip2)"),
    SIGNATURE("\xFD"
	      "7zXZ",
	"compressed (xz)"),
    SIGNATURE("7z\xBC\xAF\x27\x1C", "compressed (7z)"),
    SIGNATURE("Rar!", "compressed (rar)"),
    SIGNATURE("\x89PNG", "an image (PNG)"),
    SIGNATURE("\xFF\xD8\xFF", "an image (JPEG)"),
    SIGNATURE("GIF8", "an image (GIF)"),
    SIGNATURE("\x7F"
	      "ELF",
	"a program"),
    SIGNATURE("SQLite format 3", "a database"),
};

/* How texts begin that are no CSV; any letter case, after white space. */
static const struct signature texts[] = {
    SIGNATURE("<!doctype", "a web page (HTML)"),
    SIGNATURE("<html", "a web page (HTML)"),
    SIGNATURE("<head", "a web page (HTML)"),
    SIGNATURE("<body", "a web page (HTML)"),
    SIGNATURE("<table", "a web page (HTML)"),
    SIGNATURE("<?xml", "an XML document"),
    SIGNATURE("begin:vcard", "a vCard file (vcf)"),
    SIGNATURE("begin:vcalendar", "a calendar file (ics)"),
    SIGNATURE("version: 1\ndn:", "an LDIF file"),
    SIGNATURE("version: 1\r\ndn:", "an LDIF file"),
    SIGNATURE("dn: ", "an LDIF file"),
    SIGNATURE("{\\rtf", "a rich text document (RTF)"),
    SIGNATURE("{\"", "a JSON file"),
    SIGNATURE("[{", "a JSON file"),
};

static const char *find_signature(const char *p, size_t n)
{
	for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++)
		if (n >= signatures[i].n &&
		    memcmp(p, signatures[i].bytes, signatures[i].n) == 0)
			return signatures[i].why;
	return NULL;
}

/* text is UTF-8 and NUL-ended. */
static const char *find_text(const char *text)
{
	text += strspn(text, " \t\r\n");
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (strncasecmp(text, texts[i].bytes, texts[i].n) == 0)
			return texts[i].why;
	return NULL;
}

static bool is_high(char c)
{
	return (unsigned char)c >= 0x80;
}

static bool is_continuation(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

/*
 * True for a text that was meant to be UTF-8 but has faults: most of its bytes
 * over 0x7F stand as first byte and continuations, be it overlong or cut off.
 * In other encodings they mostly stand alone, or next to each other at random.
 */
static bool is_broken_utf8(const char *p, size_t n)
{
	const char *end = p + n;
	size_t groups = 0;
	size_t alone = 0;

	while (p < end) {
		const char *at = p++;

		if (!is_high(*at))
			continue;
		if ((unsigned char)*at >= 0xC0)
			while (p < end && p - at < 4 && is_continuation(*p))
				p++;
		if (p - at > 1)
			groups++;
		else
			alone++;
	}
	return groups > 0 && groups >= alone;
}

/* Counts of the bytes over 0x7F of a text in an 8-bit encoding. */
struct census {
	size_t high;
	size_t odd;	/* ones that Western texts hardly have */
	size_t in_runs; /* ones that stand three or more in a row */
};

/* 0x80-0x9F of Windows-1252 without the euro, quotes, dashes, ellipsis, dot
 * and trade mark: hardly ever seen in Western names. */
static bool is_odd(char c)
{
	static const char usual[] = "\x80\x85\x91\x92\x93\x94\x95\x96\x97\x99";

	return is_high(c) && (unsigned char)c <= 0x9F && !strchr(usual, c);
}

static struct census count_bytes(const char *p, size_t n)
{
	struct census c = {0};
	size_t run = 0;

	for (size_t i = 0; i < n; i++) {
		bool high = is_high(p[i]);

		run = high ? run + 1 : 0;
		if (run >= 3)
			c.in_runs += run == 3 ? 3 : 1;
		c.high += high;
		c.odd += is_odd(p[i]);
	}
	return c;
}

/* Charsets that uchardet knows and that are read here: by Windows-1252, which
 * has the letters of the others at the same places. */
static bool is_western(const char *charset)
{
	static const char *const names[] = {"", "ASCII", "ISO-8859-1",
	    "ISO-8859-15", "WINDOWS-1252", "ISO-8859-9", "WINDOWS-1254",
	    "UTF-8"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_equal_nocase(charset, names[i]))
			return true;
	return false;
}

static bool is_multibyte(const char *charset)
{
	static const char *const names[] = {"SHIFT_JIS", "EUC-JP",
	    "ISO-2022-JP", "GB18030", "BIG5", "EUC-KR", "UHC", "EUC-TW",
	    "HZ-GB-2312", "JOHAB"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_equal_nocase(charset, names[i]))
			return true;
	return false;
}

/*
 * uchardet guesses at random when a text has few bytes over 0x7F, so its word
 * counts only with evidence: words of nothing but such bytes (another script)
 * or bytes that Western texts do not have.
 */
static bool is_foreign(const char *bytes, size_t n, const struct census *c)
{
	uchardet_t u = uchardet_new();
	bool odd = c->odd * 2 > c->high;
	bool runs = c->in_runs * 2 > c->high && c->high >= 4;
	bool foreign;

	uchardet_handle_data(u, bytes, n);
	uchardet_data_end(u);
	const char *charset = uchardet_get_charset(u);

	if (is_multibyte(charset))
		foreign = odd || runs || c->odd >= 2;
	else
		foreign =
		    odd || (runs && (c->high >= 8 || !is_western(charset)));
	uchardet_delete(u);
	return foreign;
}

static void find_8bit(const char *bytes, size_t n, struct sniffed *out)
{
	struct census c = count_bytes(bytes, n);

	/* Decoding will say which line is broken. */
	if (is_broken_utf8(bytes, n))
		return;
	out->encoding = ENCODING_WINDOWS1252;
	if (!is_foreign(bytes, n > SNIFF_MAX ? SNIFF_MAX : n, &c))
		return;
	out->unsupported = true;
	out->why = "The file is in an encoding that cannot be read here. Save "
		   "it as CSV in UTF-8 and upload that.";
}

/* UTF-16 without a mark: most texts have ASCII delimiters and line ends, so
 * NULs stand at odd places (little end first), or at even ones. A few stand at
 * the others: half of U+0100, or of an emoji's second unit. */
static bool find_utf16(const char *bytes, size_t n, struct sniffed *out)
{
	size_t nuls[2] = {0, 0};

	for (size_t i = 0; i < n; i++)
		nuls[i & 1] += !bytes[i];
	bool little = nuls[1] > nuls[0];
	size_t many = nuls[little];
	size_t few = nuls[!little];

	if (n < 4 || !many || few * 8 > many || (many + few) * 5 < n)
		return false;
	out->encoding = little ? ENCODING_UTF16LE : ENCODING_UTF16BE;
	return true;
}

static bool find_bom(const char *bytes, size_t n, struct sniffed *out)
{
	out->bom = 2;
	if (n >= 2 && memcmp(bytes, "\xFF\xFE", 2) == 0) {
		out->encoding = ENCODING_UTF16LE;
	} else if (n >= 2 && memcmp(bytes, "\xFE\xFF", 2) == 0) {
		out->encoding = ENCODING_UTF16BE;
	} else if (n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
		out->encoding = ENCODING_UTF8;
		out->bom = 3;
	} else {
		out->bom = 0;
	}
	return out->bom > 0;
}

/* A character at the end that the sample cuts is no fault. */
static bool is_utf8(const char *bytes, size_t n, bool whole)
{
	size_t where;

	/* A stray NUL says nothing of the encoding. */
	while (!utf8_valid(bytes, n, &where) && !bytes[where]) {
		bytes += where + 1;
		n -= where + 1;
	}
	if (utf8_valid(bytes, n, &where))
		return true;
	if (whole || n - where >= 4)
		return false;
	for (size_t i = where + 1; i < n; i++)
		if (!is_continuation(bytes[i]))
			return false;
	return (unsigned char)bytes[where] >= 0xC2;
}

/* More than a stray one, or one before there is text around it: as the decoder
 * judges it (decode.h). */
static bool has_many_nuls(const char *bytes, size_t n)
{
	const char *p = bytes;
	const char *end = bytes + n;
	uint64_t nuls = 0;

	while ((p = memchr(p, '\0', (size_t)(end - p)))) {
		if (++nuls * NUL_SHARE > (uint64_t)(p - bytes))
			return true;
		p++;
	}
	return false;
}

static void find_encoding(
    const char *bytes, size_t n, bool whole, struct sniffed *out)
{
	if (find_bom(bytes, n, out))
		return;
	if (has_many_nuls(bytes, n)) {
		out->text = find_utf16(bytes, n, out);
		if (!out->text)
			out->why = "The file has NUL characters: it is not a "
				   "text. " SAVE_AS;
		return;
	}
	out->encoding = ENCODING_UTF8;
	if (!is_utf8(bytes, n, whole))
		find_8bit(bytes, n, out);
}

/* What the first records look like with one delimiter. */
struct trial {
	size_t cells[SNIFF_RECORDS]; /* of each record */
	size_t records;
	bool refused; /* the quotes do not fit */
};

static bool count_cells(void *arg, const struct record *r)
{
	struct trial *t = arg;

	t->cells[t->records++] = r->count;
	return t->records < SNIFF_RECORDS;
}

static void try_delimiter(
    const char *text, size_t n, char delimiter, bool whole, struct trial *t)
{
	struct reader *r = reader_new(delimiter, count_cells, t);

	*t = (struct trial){.records = 0};
	t->refused = reader_feed(r, text, n) != STATUS_OK;
	if (!t->refused && (whole || t->records == 0))
		t->refused = reader_finish(r) != STATUS_OK && whole;
	reader_free(r);
}

/* The better a delimiter, the more: how many of 1000 records have as many
 * cells as the first; 0 when it parts nothing. */
static size_t consistency(const struct trial *t)
{
	size_t same = 0;

	if (!t->records || t->cells[0] < 2)
		return 0;
	for (size_t i = 0; i < t->records; i++)
		same += t->cells[i] == t->cells[0];
	same = same * 1000 / t->records;
	return t->refused ? same / 2 : same;
}

static bool find_sep_line(const char *text, char *delimiter)
{
	if (*text == '"')
		text++;
	if (strncasecmp(text, "sep=", 4) != 0 || !text[4])
		return false;
	char after = text[5] == '"' ? text[6] : text[5];

	if (after != '\n' && after != '\r' && after != '\0')
		return false;
	*delimiter = text[4];
	return strchr(",;\t|", text[4]) != NULL;
}

static char find_delimiter(const char *text, size_t n, bool whole)
{
	static const char candidates[] = {',', ';', '\t', '|'};
	char best = ',';
	size_t most = 0;
	size_t widest = 0;

	if (find_sep_line(text, &best))
		return best;
	best = ',';
	for (size_t i = 0; i < sizeof candidates; i++) {
		struct trial t;

		try_delimiter(text, n, candidates[i], whole, &t);
		size_t points = consistency(&t);

		if (points < most ||
		    (points == most && (!points || t.cells[0] <= widest)))
			continue;
		most = points;
		widest = t.cells[0];
		best = candidates[i];
	}
	return best;
}

/* What the cells of the first row are. */
struct first_row {
	struct arena arena;
	size_t known;  /* headers that some format knows */
	size_t values; /* e-mails, numbers */
	size_t filled;
};

size_t sniff_digits(const char *text)
{
	const char *end = text + strlen(text);
	size_t digits = 0;

	while (text < end) {
		int32_t c = utf8_next(&text, end);

		if (utf8_digit_value(c) >= 0)
			digits++;
		else if ((c >= 0x80 || !strchr("+-.,/() '", (int)c)) &&
			 c != 0xFF0B && !utf8_is_space(c))
			return 0;
	}
	return digits;
}

static bool is_known_header(struct arena *a, const char *cell)
{
	const char *folded = header_fold(a, cell);

	for (const struct import_format *f = import_formats; f->key; f++)
		if (import_header_find(f, folded, NULL))
			return true;
	return cell[0] == '$' || strstr(cell, "||") != NULL;
}

static bool judge_first_row(void *arg, const struct record *r)
{
	struct first_row *row = arg;

	for (size_t i = 0; i < r->count; i++) {
		const char *cell = r->cells[i];

		if (!*cell)
			continue;
		row->filled++;
		row->values += strchr(cell, '@') || sniff_digits(cell) > 0;
		row->known +=
		    r->lengths[i] < 200 && is_known_header(&row->arena, cell);
	}
	return false;
}

static bool find_header(const char *text, size_t n, char delimiter)
{
	struct first_row row = {.known = 0};
	struct reader *r = reader_new(delimiter, judge_first_row, &row);

	arena_init(&row.arena);
	if (reader_feed(r, text, n) == STATUS_OK)
		(void)reader_finish(r);
	reader_free(r);
	arena_release(&row.arena);
	return row.filled > 0 && (!row.values || row.known > row.values);
}

void sniff_bytes(const char *bytes, size_t n, bool whole, struct sniffed *out)
{
	struct decoder d;
	struct str text;

	*out = (struct sniffed){
	    .delimiter = ',', .header = true, .text = true, .why = ""};
	const char *why = find_signature(bytes, n);

	if (why) {
		out->text = false;
		out->why = why;
		return;
	}
	find_encoding(bytes, n, whole, out);
	if (!out->text || out->unsupported)
		return;
	if (n > SNIFF_MAX) {
		n = SNIFF_MAX;
		whole = false;
	}
	/* What decodes until a fault is enough to look at. */
	decoder_init(&d, out->encoding);
	str_init(&text, SNIFF_MAX * 3);
	(void)decoder_feed(&d, bytes, n, &text);
	why = find_text(str_text(&text));
	if (why) {
		out->text = false;
		out->why = why;
	} else if (text.len) {
		out->delimiter = find_delimiter(text.data, text.len, whole);
		out->header = find_header(text.data, text.len, out->delimiter);
	}
	str_release(&text);
}

static const char *const encoding_names[ENCODING_COUNT] = {
    [ENCODING_UTF8] = "utf-8",
    [ENCODING_UTF16LE] = "utf-16le",
    [ENCODING_UTF16BE] = "utf-16be",
    [ENCODING_WINDOWS1252] = "windows-1252",
};

const char *encoding_name(enum encoding e)
{
	return (unsigned)e < ENCODING_COUNT ? encoding_names[e] : "utf-8";
}

bool encoding_find(const char *name, enum encoding *out)
{
	for (int i = 0; i < ENCODING_COUNT; i++) {
		if (!str_equal_nocase(encoding_names[i], name))
			continue;
		*out = (enum encoding)i;
		return true;
	}
	return false;
}

static const struct {
	char delimiter;
	const char *name;
} delimiters[] = {
    {',', "comma"}, {';', "semicolon"}, {'\t', "tab"}, {'|', "pipe"}};

#define DELIMITERS (sizeof delimiters / sizeof *delimiters)

const char *delimiter_name(char delimiter)
{
	for (size_t i = 0; i < DELIMITERS; i++)
		if (delimiters[i].delimiter == delimiter)
			return delimiters[i].name;
	return "comma";
}

bool delimiter_find(const char *name, char *out)
{
	for (size_t i = 0; i < DELIMITERS; i++) {
		const char itself[2] = {delimiters[i].delimiter, '\0'};

		if (!str_equal_nocase(delimiters[i].name, name) &&
		    !str_equal(itself, name))
			continue;
		*out = delimiters[i].delimiter;
		return true;
	}
	return false;
}
