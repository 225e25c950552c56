/* contact.c: the states that a contact can be in */
/* SPDX-License-Identifier: MIT */
#include "model/contact.h"

const struct contact_state contact_states[CONTACT_STATES] = {
    {"requesting", "Requesting"},
    {"intervened", "Intervened"},
    {"closed", "Closed"},
    {"handled_by_assistant", "Handled by Assistant"},
};
