/* contact_state.h: which state of a chat follows which */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CONTACT_CONTACT_STATE_H
#define DOMAIN_CONTACT_CONTACT_STATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "model/contact.h"

/*
 * States are keys of contact_states, "" for none. A contact without one may
 * get any:
 *
 *	requesting            to intervened, closed, handled_by_assistant
 *	intervened            to requesting, closed
 *	handled_by_assistant  to requesting, intervened, closed
 *	closed                to requesting: a chat is reopened first
 *
 * What stays the same is allowed. A state is not taken away ("") but where a
 * person undoes something, which does not ask here. All are pure.
 */
bool contact_state_allows(const char *from, const char *to);

/* The states that may follow, in the order of contact_states; how many. */
size_t contact_state_next(
    const char *from, const struct contact_state *out[CONTACT_STATES]);

/* "Closed" for "closed"; what is no key stays as it is. */
const char *contact_state_label(const char *key);

/* A field's value for a person: a state by its label. */
const char *contact_field_shown(enum contact_field f, const char *value);

/* Why `to` may not follow `from`, and which may; in the arena. */
const char *contact_state_refusal(
    struct arena *a, const char *from, const char *to);

#endif
