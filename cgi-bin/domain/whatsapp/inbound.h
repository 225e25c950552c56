/* inbound.h: what WhatsApp tells goes into the book */
/* SPDX-License-Identifier: MIT */
#ifndef WHATSAPP_INBOUND_H
#define WHATSAPP_INBOUND_H

#include "domain/whatsapp/event.h"
#include "model/member.h"
#include "storage/db.h"

/*
 * Takes a body in, wholly or not at all, in one transaction; the same body
 * again changes nothing. address: of the caller, for the audit log.
 *
 * A message of an unknown person makes a contact of source ORGANIC. Of a known
 * one it fills what is empty (name, WhatsApp user id, number, first message)
 * and moves "last active" on, never back; what a file or a member has written
 * stays. A contact in the trash comes back; one that was merged away is the
 * other one. A preference sets or ends the opt-out, unless the contact has a
 * newer word on it. A new number moves the contact to it, if it is free. What
 * cannot be done is kept as an event for an admin.
 */
enum status inbound_take(struct db *db, struct arena *a, const char *address,
    const struct wa_event *event, struct err *e);

#endif
