/* message.h: a message with a contact */
/* SPDX-License-Identifier: MIT */
#ifndef MODEL_MESSAGE_H
#define MODEL_MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "model/id.h"

struct message {
	uint64_t id;
	struct contact_id contact;
	const char *wa_id;  /* as WhatsApp has it */
	bool outgoing;	    /* from the team */
	const char *type;   /* WhatsApp's word: text, image, button ... */
	const char *text;   /* what a person can read of it, or "" */
	const char *body;   /* JSON, as it came */
	const char *status; /* of an outgoing one: sent, delivered, read,
			     * failed; else "" */
	int64_t at;	    /* ms, as WhatsApp says */
};

#define MESSAGE_ID_MAX 255	/* bytes of wa_id */
#define MESSAGE_TEXT_MAX 16000	/* code points of text that are kept */
#define MESSAGE_BODY_MAX 262144 /* bytes of body that are kept */

#endif
