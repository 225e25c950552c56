/* hook.c: the words of outgoing webhooks */
/* SPDX-License-Identifier: MIT */
#include "model/hook.h"

const struct hook_event_info hook_events[HOOK_EVENTS] = {
    {HOOK_CONTACT_CHANGED, "contact.changed", "contacts.changed",
	"A contact is made, changed, trashed, restored, merged or deleted"},
    {HOOK_CONTACT_OPTED_OUT, "contact.opted_out", "contacts.opted_out",
	"A contact opts out"},
    {HOOK_IMPORT_FINISHED, "import.finished", NULL,
	"An import ends: done, failed, refused or cancelled"},
};

const char *const hook_delivery_states[HOOK_DELIVERY_STATES] = {
    [HOOK_WAITING] = "waiting",
    [HOOK_DELIVERED] = "delivered",
    [HOOK_FAILED] = "failed",
};
