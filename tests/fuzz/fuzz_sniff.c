/* fuzz_sniff.c: what kind of text some bytes are */
/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "domain/import/decode.h"
#include "domain/import/sniff.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What was told must not be gainsaid by the stage that comes next. */
static void decode_it(const char *bytes, size_t n, const struct sniffed *s)
{
	struct decoder d;
	struct str text;

	str_init(&text, 8u << 20);
	decoder_init(&d, s->encoding);
	enum status st = decoder_feed(&d, bytes, n, &text);

	if (st == STATUS_OK)
		st = decoder_finish(&d);
	/* Text in UTF-8 is read; for a NUL see decode.h. */
	if (s->encoding == ENCODING_UTF8 && utf8_valid(bytes, n, NULL))
		assert(st == STATUS_OK);
	if (st == STATUS_OK)
		assert(utf8_valid(str_text(&text), text.len, NULL));
	str_release(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *bytes = (const char *)data;
	struct sniffed whole, again, part;

	sniff_bytes(bytes, size, true, &whole);
	sniff_bytes(bytes, size, true, &again);
	sniff_bytes(bytes, size, false, &part);
	assert(whole.encoding == again.encoding);
	assert(whole.delimiter == again.delimiter);
	assert(whole.header == again.header && whole.text == again.text);
	assert(whole.bom == part.bom && whole.bom <= size);
	assert(whole.encoding < ENCODING_COUNT);
	assert(strchr(",;\t|", whole.delimiter) && whole.delimiter);
	assert(whole.why && *whole.why == '\0' ? whole.text : *whole.why != 0);
	if (whole.text && !whole.unsupported)
		decode_it(bytes, size, &whole);
	/* Valid UTF-8 is never taken for something else. */
	if (!whole.bom && utf8_valid(bytes, size, NULL))
		assert(whole.encoding == ENCODING_UTF8);
	return 0;
}
