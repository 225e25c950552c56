/* stop_words.h: messages that end or begin a consent, in many languages */
/* SPDX-License-Identifier: MIT */
#ifndef WHATSAPP_STOP_WORDS_H
#define WHATSAPP_STOP_WORDS_H

#include <stddef.h>

#include "base/arena.h"

/*
 * A word counts only when it is the whole message, whatever its case, accents,
 * punctuation and emoji: "Stop!" does, "stop by at six" does not. Words that
 * customers also say of an order or an appointment (cancel, end, quit, no) are
 * not in the list: a book that wants them has its setting consent.stop_words.
 */
enum stop_word {
	STOP_WORD_NONE,
	STOP_WORD_STOP,
	STOP_WORD_START
};

/* own: phrases with '|' or ',' between, which stop as well; they go before the
 * built-in ones. Pure. */
enum stop_word stop_word_of(
    struct arena *a, const char *message, const char *own);
/* The built-in words as utf8_words() makes them; end with NULL. */
extern const char *const stop_words[];
extern const char *const start_words[];

#define STOP_MESSAGE_MAX 400 /* bytes: a longer message is none */

#endif
