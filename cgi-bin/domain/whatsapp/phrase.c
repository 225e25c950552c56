/* phrase.c: comparing what people type with phrases that are looked for */
/* SPDX-License-Identifier: MIT */
#include "domain/whatsapp/phrase.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

struct phrase phrase_of(struct arena *a, const char *text)
{
	return (struct phrase){utf8_words(a, text), utf8_fold(a, text)};
}

bool phrase_is_empty(const struct phrase *p)
{
	return !*p->words && !*p->signs;
}

/* With a blank, or an end, on both sides. */
static bool has_word(const char *text, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = text; (p = strstr(p, word)); p++)
		if ((p == text || p[-1] == ' ') && (!p[n] || p[n] == ' '))
			return true;
	return false;
}

bool phrase_matches(enum match_kind kind, const struct phrase *phrase,
    const struct phrase *text)
{
	const char *wanted = *phrase->words ? phrase->words : phrase->signs;
	const char *has = *phrase->words ? text->words : text->signs;

	if (!*wanted)
		return false;
	switch (kind) {
	case MATCH_IS:
		return str_equal(has, wanted);
	case MATCH_STARTS_WITH:
		return str_starts(has, wanted);
	case MATCH_WORD:
		/* Signs are no words: nothing parts them. */
		return *phrase->words ? has_word(has, wanted)
				      : strstr(has, wanted) != NULL;
	case MATCH_CONTAINS:
		return strstr(has, wanted) != NULL;
	}
	return false;
}
