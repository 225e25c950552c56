/* fuzz_words.c: fuzzes the words of messages, STOP words and phrases */
/* SPDX-License-Identifier: MIT */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "domain/whatsapp/first_message.h"
#include "domain/whatsapp/stop_words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool right)
{
	if (!right)
		abort();
}

static bool has_blank_at_an_end(const char *z)
{
	size_t n = strlen(z);

	return n && (*z == ' ' || z[n - 1] == ' ' || strstr(z, "  "));
}

/* A message, a phrase and words of the setting, with a newline between. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;

	arena_init(&a);
	char *message = arena_strndup(&a, (const char *)data, size);
	char *phrase = strchr(message, '\n');
	char *own = phrase ? strchr(phrase + 1, '\n') : NULL;

	if (own)
		*own++ = '\0';
	if (phrase)
		*phrase++ = '\0';
	const char *words = utf8_words(&a, message);

	check(utf8_valid(words, strlen(words), NULL));
	check(!has_blank_at_an_end(words));
	check(strcmp(utf8_words(&a, words), words) == 0);
	stop_word_of(&a, message, own ? own : "");
	struct first_message_rule rule = {
	    .phrase = phrase ? phrase : message, .gives = ""};
	bool is[MATCH_KINDS];

	for (int k = 0; k < MATCH_KINDS; k++) {
		rule.kind = (enum match_kind)k;
		is[k] = first_message_matches(&a, &rule, message);
	}
	/* What is the whole message begins it, and what begins it is in it. */
	check(!is[MATCH_IS] || (is[MATCH_STARTS_WITH] && is[MATCH_WORD]));
	check(!is[MATCH_STARTS_WITH] || is[MATCH_CONTAINS]);
	check(!is[MATCH_WORD] || is[MATCH_CONTAINS]);
	arena_release(&a);
	return 0;
}
