/* fuzz_form.c: query strings and bodies of forms */
/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "web/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct form form = {0}, again = {0};
	struct arena a;

	arena_init(&a);
	if (form_parse(&a, &form, (const char *)data, size, NULL) ==
	    STATUS_OK) {
		for (size_t i = 0; i < form.count; i++) {
			const struct form_field *f = &form.fields[i];

			assert(f->value[f->length] == '\0');
			assert(utf8_valid(f->value, f->length, NULL));
			assert(form_find(&form, f->name));
			/* What is escaped comes back as it was. */
			const char *text =
			    arena_printf(&a, "x=%s", url_escape(&a, f->value));

			again = (struct form){0};
			assert(form_parse(&a, &again, text, strlen(text),
				   NULL) == STATUS_OK);
			assert(strcmp(form_text(&again, "x"), f->value) == 0);
		}
	}
	arena_release(&a);
	return 0;
}
