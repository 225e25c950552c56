/* phrase.h: comparing what people type with phrases that are looked for */
/* SPDX-License-Identifier: MIT */
#ifndef WHATSAPP_PHRASE_H
#define WHATSAPP_PHRASE_H

#include <stdbool.h>

#include "base/arena.h"
#include "model/first_message_rule.h"

/* A text made ready, in the arena. Case, accents, punctuation and emoji do not
 * count (utf8_words()), unless the phrase has nothing else: then the signs are
 * compared as they are. */
struct phrase {
	const char *words; /* "" when there is none */
	const char *signs;
};
struct phrase phrase_of(struct arena *a, const char *text);

/* Whether there is anything to compare with. */
bool phrase_is_empty(const struct phrase *p);

/* Whether the phrase is in the text, in that way. An empty one never is. */
bool phrase_matches(enum match_kind kind, const struct phrase *phrase,
    const struct phrase *text);

#endif
