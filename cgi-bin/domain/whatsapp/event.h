/* event.h: what a body from WhatsApp's Cloud API says */
/* SPDX-License-Identifier: MIT */
#ifndef WHATSAPP_EVENT_H
#define WHATSAPP_EVENT_H

#include "base/arena.h"
#include "base/err.h"
#include "base/phone.h"
#include "model/contact_field.h"
#include "model/message.h"

/* A person as an event names one. Since a person can write without showing a
 * number, either key may be "". */
struct wa_person {
	const char *phone; /* E.164 */
	const char *alias; /* E.164: another way to write that number, or "" */
	const char *wa_user_id;
	const char *username;
	const char *name; /* of the profile */
};

enum wa_kind {
	WA_MESSAGE,	/* from a person, to be kept */
	WA_ECHO,	/* from the team, by another program */
	WA_STATUS,	/* of an outgoing message */
	WA_PREFERENCE,	/* wants marketing, or no longer */
	WA_NEW_NUMBER,	/* a person has another number */
	WA_NEW_USER_ID, /* the same person under another user id */
	WA_OTHER	/* anything else: kept, for an admin */
};

struct wa_item {
	enum wa_kind kind;
	struct wa_person person;
	struct message message;	 /* MESSAGE, ECHO, NEW_NUMBER; STATUS: wa_id,
				  * status, at */
	bool wants;		 /* PREFERENCE */
	const char *detail;	 /* PREFERENCE: WhatsApp's words */
	const char *new_phone;	 /* NEW_NUMBER: E.164; "" for one that is none
				  */
	const char *new_user_id; /* NEW_NUMBER, NEW_USER_ID; "" */
	const char *field;	 /* OTHER */
	const char *reason;	 /* OTHER: why nothing was done with it */
	const char *body;	 /* OTHER: JSON */
};

struct wa_event {
	struct wa_item *items; /* in the order of the body */
	size_t count;
};

/* An item for each thing that the body tells. Pure. now: ms, for what has no
 * time. INVALID, with a sentence in e, for a body that is no JSON object or
 * whose "entry" is no list; TOO_LARGE when it tells more than WA_ITEMS_MAX
 * things. Bytes that are not UTF-8, and NULs and halves of surrogate pairs
 * inside texts, become U+FFFD. */
#define WA_ITEMS_MAX 2000
enum status wa_event_parse(struct arena *a, const char *body, size_t n,
    int64_t now, struct wa_event *out, struct err *e);

#endif
