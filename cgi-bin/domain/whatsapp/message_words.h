/* message_words.h: a message of WhatsApp as a person reads it */
/* SPDX-License-Identifier: MIT */
#ifndef WHATSAPP_MESSAGE_WORDS_H
#define WHATSAPP_MESSAGE_WORDS_H

#include "base/arena.h"
#include "model/message.h"

struct message_words {
	const char *kind; /* "photo", "list"; "" for a plain text */
	const char *text; /* what it says; "" when nothing can be read */
	const char *more; /* how it came: "forwarded", by which ad; "" */
};

/* Of the message's type, text and body, whatever these are: a body that is no
 * JSON leaves the text. In the arena; pure. */
struct message_words message_words(struct arena *a, const struct message *m);

#endif
