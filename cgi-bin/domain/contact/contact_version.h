/* contact_version.h: setting a contact back to a version that it had */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CONTACT_CONTACT_VERSION_H
#define DOMAIN_CONTACT_CONTACT_VERSION_H

#include "domain/contact/contact.h"

/* One thing that differs, as a person reads it; "" for nothing. */
struct version_line {
	const char *label;
	const char *now;
	const char *then;
};

struct contact_version {
	struct contact_result result; /* the contact as it is; messages */
	struct version_line *lines;   /* what would change, or did */
	size_t line_count;
	/* Names of tags, segments and attributes of that version that the
	 * book has no more, or has otherwise: they stay as they are. */
	const char **left_out;
	size_t left_out_count;
	/* The contact opted out of WhatsApp since: only who says that the
	 * person opted in again sets it back. */
	bool overturns_optout;
};

/*
 * What setting a contact back to `version` would change; nothing is written.
 * OK also when nothing would. INVALID with a message for a version that never
 * was, or in which the contact was in the trash; NOT_FOUND for one whose
 * revisions are gone, with a message, and for no contact, without; CONFLICT
 * with result.in_trash for a contact that is in the trash now.
 */
enum status contact_version_compare(struct db *db, struct arena *a,
    struct contact_id id, uint64_t version, struct contact_version *out,
    struct err *e);

/*
 * Does it, as one more revision; optin_confirmed: also where that overturns an
 * opt-out (else INVALID, with a message at whatsapp_opted). from: the version
 * that the contact has for who asks (0: whichever it has); CONFLICT when it
 * moved on, or when another contact has the phone or WhatsApp user id by now
 * (result.other, with a message). The rest as above; result.changed tells
 * whether anything did.
 */
enum status contact_version_restore(struct db *db, struct arena *a,
    const struct actor *actor, struct contact_id id, uint64_t version,
    uint64_t from, bool optin_confirmed, struct contact_version *out,
    struct err *e);

#endif
