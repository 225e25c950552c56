/* hook.h: outgoing webhooks: whom to tell what, and what came of it */
/* SPDX-License-Identifier: MIT */
#ifndef MODEL_HOOK_H
#define MODEL_HOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/id.h"

/* What can be told; a webhook has a sum of them. */
enum hook_event {
	HOOK_IMPORT_FINISHED = 1,
	HOOK_CONTACT_CHANGED = 2,
	HOOK_CONTACT_OPTED_OUT = 4
};
#define HOOK_EVENTS 3
struct hook_event_info {
	enum hook_event event;
	const char *word;  /* "contact.changed" */
	const char *words; /* the same for many: "contacts.changed", or NULL */
	const char *label; /* for a page */
};
extern const struct hook_event_info hook_events[HOOK_EVENTS];

/* Why the program switched one off. */
#define HOOK_OFF_GONE "gone"	   /* the receiver answered 410 */
#define HOOK_OFF_FAILING "failing" /* nothing got through for days */
#define HOOK_OFF_FULL "full"	   /* too much waits */

struct hook {
	struct hook_id id;
	const char *url;
	const char *description;
	unsigned events;     /* a sum of enum hook_event */
	bool during_imports; /* contacts that an import changes, too */
	bool active;
	const char *secret;
	const char *off_reason; /* "" unless the program switched it off */
	int64_t failing_since;	/* ms; 0: it is not */
	int64_t delivered_at;	/* ms; 0: never */
	int64_t created_at;	/* ms */
	int64_t updated_at;	/* ms */
};

enum hook_delivery_state {
	HOOK_WAITING, /* to be sent, or sent again */
	HOOK_DELIVERED,
	HOOK_FAILED
};
#define HOOK_DELIVERY_STATES 3
extern const char *const hook_delivery_states[HOOK_DELIVERY_STATES];

#define HOOK_RESPONSE_MAX 1024 /* bytes of an answer that are kept */

/* One time that it was sent. */
struct hook_attempt {
	uint64_t number; /* from 1 on */
	int64_t at;	 /* ms */
	int64_t ms;	 /* it took */
	int code;	 /* of HTTP; 0: there was no answer */
	const char *error;
	const char *response; /* the first bytes */
	const char *signature;
};

struct hook_delivery {
	uint64_t id;
	struct hook_id hook;
	const char *uid; /* of the header X-Rubrica-Delivery */
	const char *event;
	uint64_t contact; /* whom the body is about; 0: nobody, or many */
	const char *body;
	enum hook_delivery_state state;
	uint64_t claim;
	uint64_t attempts;
	int64_t next_at;	  /* ms; 0 when it is not sent again */
	uint64_t again_of;	  /* the delivery that this one repeats, or 0 */
	int64_t created_at;	  /* ms */
	struct hook_attempt last; /* number 0: there was none yet */
};

#endif
