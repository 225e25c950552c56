/* inbound.h: what WhatsApp tells goes into the book */
/* SPDX-License-Identifier: MIT */
#ifndef WHATSAPP_INBOUND_H
#define WHATSAPP_INBOUND_H

#include "domain/whatsapp/event.h"
#include "model/member.h"
#include "storage/db.h"

/*
 * Takes a body in, wholly or not at all, in one transaction; the same body
 * again changes nothing, but what cannot be done is kept as an event for an
 * admin each time that it comes. address: of the caller, for the audit log.
 *
 * A message of an unknown person makes a contact of source ORGANIC. Of a known
 * one it fills what is empty (name, WhatsApp user id, number, first message, by
 * the rules of first_message.h) and moves "last active" on, never back; a state
 * that is empty or closed becomes requesting; what a file or a member has
 * written stays. A contact in the trash comes back; one that was merged away is
 * the other one. A preference, or a word of stop_words.h, sets or ends the
 * opt-out with an entry of the ledger, unless the contact has a newer word on
 * it. A new number moves the contact to it, if it is free; of somebody who is
 * not in the book and not suppressed, it makes a contact.
 */
enum status inbound_take(struct db *db, struct arena *a, const char *address,
    const struct wa_event *event, struct err *e);

#endif
