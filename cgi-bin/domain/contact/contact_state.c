/* contact_state.c: which state of a chat follows which */
/* SPDX-License-Identifier: MIT */
#include "domain/contact/contact_state.h"

#include "base/str.h"

/* One row a pair; from nothing all are allowed. */
static const struct transition {
	const char *from;
	const char *to;
} transitions[] = {
    {"requesting", "intervened"},
    {"requesting", "closed"},
    {"requesting", "handled_by_assistant"},
    {"intervened", "requesting"},
    {"intervened", "closed"},
    {"handled_by_assistant", "requesting"},
    {"handled_by_assistant", "intervened"},
    {"handled_by_assistant", "closed"},
    {"closed", "requesting"},
};

bool contact_state_allows(const char *from, const char *to)
{
	if (str_equal(from, to))
		return true;
	if (!*from || !*to)
		return *to != '\0';
	for (size_t i = 0; i < sizeof(transitions) / sizeof(*transitions); i++)
		if (str_equal(from, transitions[i].from) &&
		    str_equal(to, transitions[i].to))
			return true;
	return false;
}

size_t contact_state_next(
    const char *from, const struct contact_state *out[CONTACT_STATES])
{
	size_t n = 0;

	for (size_t i = 0; i < CONTACT_STATES; i++)
		if (!str_equal(from, contact_states[i].key) &&
		    contact_state_allows(from, contact_states[i].key))
			out[n++] = &contact_states[i];
	return n;
}

const char *contact_state_label(const char *key)
{
	for (size_t i = 0; i < CONTACT_STATES; i++)
		if (str_equal(key, contact_states[i].key))
			return contact_states[i].label;
	return key;
}

const char *contact_field_shown(enum contact_field f, const char *value)
{
	return f == FIELD_STATE ? contact_state_label(value) : value;
}

const char *contact_state_refusal(
    struct arena *a, const char *from, const char *to)
{
	const struct contact_state *next[CONTACT_STATES];
	size_t n = contact_state_next(from, next);
	const char *text = arena_printf(a,
	    *to ? "A chat that is %s cannot become %s. It can become "
		: "The state of a chat that is %s cannot be taken away%s. It "
		  "can become ",
	    contact_state_label(from), contact_state_label(to));

	for (size_t i = 0; i < n; i++)
		text = arena_printf(a, "%s%s%s (%s)", text,
		    i == 0	 ? ""
		    : i + 1 == n ? " or "
				 : ", ",
		    next[i]->label, next[i]->key);
	return arena_printf(a, "%s.", text);
}
