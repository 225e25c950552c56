/* headers.c: the column names of a file as a set */
/* SPDX-License-Identifier: MIT */
#include "domain/import/headers.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

bool headers_end_in_result(
    struct arena *a, const char *const *header, size_t columns)
{
	if (!header || columns < 2)
		return false;
	const char *last = utf8_fold(a, header[columns - 1]);

	return str_equal(last, "error") || str_equal(last, "comments");
}

static int by_text(const void *a, const void *b)
{
	const char *const *x = a;
	const char *const *y = b;

	return strcmp(*x, *y);
}

void headers_hash(struct arena *a, const char *const *header, size_t columns,
    unsigned char out[CRYPTO_HASH_BYTES])
{
	struct crypto_sha256 h;
	const char **names = arena_alloc(a, (columns + 1) * sizeof(*names));

	if (headers_end_in_result(a, header, columns))
		columns--;
	for (size_t i = 0; i < columns; i++)
		names[i] = header ? utf8_fold(a, header[i]) : "";
	qsort(names, columns, sizeof(*names), by_text);
	crypto_sha256_init(&h);
	for (size_t i = 0; i < columns; i++)
		crypto_sha256_add(&h, names[i], strlen(names[i]) + 1);
	crypto_sha256_end(&h, out);
}
