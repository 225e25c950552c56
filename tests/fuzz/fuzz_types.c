/* fuzz_types.c: values of the types of attributes: kept, as JSON, and back */
/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/json.h"
#include "base/utf8.h"
#include "domain/attribute_types.h"
#include "domain/attributes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is kept is of the type, and comes back from the JSON byte for byte. */
static void one_type(
    struct arena *a, const struct attribute_type_info *type, const char *text)
{
	struct json_t *v;
	struct err e;
	const char *strict = type->parse(a, text, true);
	const char *kept = type->parse(a, text, false);

	if (strict)
		assert(kept && strcmp(kept, strict) == 0);
	if (!kept)
		return;
	assert(utf8_valid(kept, strlen(kept), NULL));
	const char *again = type->parse(a, kept, true);

	assert(again && strcmp(again, kept) == 0);
	const char *json = type->to_json(a, kept);

	assert(json_parse(a, json, strlen(json), &v, &e) == STATUS_OK);
	assert(strcmp(attribute_kept_from_json(a, v), kept) == 0);
	assert(strcmp(attributes_plain(a, json), kept) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	const char *p = (const char *)data;
	enum attribute_type found;

	if (!utf8_valid(p, size, NULL))
		return 0;
	utf8_trim(&p, &size);
	if (!size)
		return 0;
	arena_init(&a);
	const char *text = arena_strndup(&a, p, size);

	for (int i = 0; i < TYPE_COUNT; i++)
		one_type(&a, &attribute_types[i], text);
	if (attribute_type_find(text, &found))
		assert(found < TYPE_COUNT);
	arena_release(&a);
	return 0;
}
