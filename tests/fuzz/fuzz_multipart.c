/* fuzz_multipart.c: bodies of uploads; the first line is the content type */
/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "web/multipart.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *end = size ? memchr(data, '\n', size) : NULL;
	struct form form = {0};
	struct upload file = {0};
	struct err e = {0};
	struct arena a;

	if (!end)
		return 0;
	arena_init(&a);
	size_t head = (size_t)(end - data);
	const char *type = arena_strndup(&a, (const char *)data, head);
	const char *body = (const char *)end + 1;
	size_t n = size - head - 1;

	if (multipart_parse(&a, type, body, n, &form, &file, &e) == STATUS_OK) {
		for (size_t i = 0; i < form.count; i++) {
			const struct form_field *f = &form.fields[i];

			assert(f->value[f->length] == '\0');
			assert(utf8_valid(f->value, f->length, NULL));
		}
		if (file.present) {
			assert(file.offset <= n);
			assert(file.length <= n - file.offset);
			assert(strlen(file.name) <= MULTIPART_NAME_MAX);
			assert(!strchr(file.name, '/'));
		}
	}
	arena_release(&a);
	return 0;
}
