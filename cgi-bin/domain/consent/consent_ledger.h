/* consent_ledger.h: what each person agreed to, and where that is known from */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CONSENT_CONSENT_LEDGER_H
#define DOMAIN_CONSENT_CONSENT_LEDGER_H

#include "base/arena.h"
#include "model/consent_entry.h"
#include "model/contact.h"
#include "model/member.h"
#include "storage/consent_ledger_store.h"
#include "storage/db.h"

/*
 * Entries are added in the transaction that makes them true, so that the last
 * one of whatsapp_marketing always agrees with the contact: withdrawn is
 * whatsapp_opted = no, given is yes (or, by the words of an import alone,
 * unknown). The caller has the contact locked.
 */

/* Adds one entry; fields that are 0 or NULL say nothing. */
enum status consent_ledger_add(
    struct db *db, const struct consent_entry *entry, struct err *e);

/* Page or API, with its member and token. */
struct consent_entry consent_ledger_by(const struct actor *actor);

/*
 * The entry that a change of a contact leaves: `how` with contact, purpose,
 * status and, unless it has one, the evidence time of the contact after. False:
 * neither whatsapp_opted nor its time changed. before: NULL for a new contact.
 */
bool consent_ledger_change(const struct contact *before,
    const struct contact *after, const struct consent_entry *how,
    struct consent_entry *out);
/* The same, written: the one call of who changes one contact. */
enum status consent_ledger_opted(struct db *db, const struct contact *before,
    const struct contact *after, const struct consent_entry *how,
    struct err *e);

/* Whether a consent can be given again that was withdrawn at `since` (ms): by
 * evidence that is newer and not of the future, or by somebody who says so. */
bool consent_may_return(
    int64_t since, int64_t evidence, int64_t now, bool confirmed);
/* The same of a change of whatsapp_opted; evidence: the time of consent that
 * the change brings with it, as kept, NULL for none. */
bool consent_may_opt(const struct contact *before, const char *opted,
    const char *evidence, int64_t now, bool confirmed);

/* What to say where it is not. */
#define CONSENT_OPTED_OUT                                                      \
	"This person opted out. Say when they opted in again (WhatsApp opted " \
	"at, later than the opt-out), or confirm that they did."

/* --- reading --- */

/* A page of the ledger of a contact and of those that were merged into it,
 * newest first: all entries of at most `limit` steps. *next is where the next
 * page begins, its kind 0 and at 0 after the last one. */
enum status consent_ledger_list(struct db *db, struct arena *a,
    struct contact_id contact, const struct ledger_place *below, size_t limit,
    struct consent_entry **entries, size_t *count, struct ledger_place *next,
    struct err *e);

/* The entry that says how it stands with each purpose; where has[] is false
 * nothing is known. */
struct consent_state {
	struct consent_entry last[CONSENT_PURPOSES];
	bool has[CONSENT_PURPOSES];
};
enum status consent_ledger_state(struct db *db, struct arena *a,
    struct contact_id contact, struct consent_state *out, struct err *e);

/* Since when an entry holds: when it was said, else recorded; ms. */
int64_t consent_since(const struct consent_entry *x);

/* The entries of a step: at most CONSENT_PURPOSES. Pure. */
size_t consent_ledger_entries(
    const struct ledger_step *step, struct consent_entry *out);

/* A place in an address: "at.kind.key"; false when a text is none. */
const char *ledger_place_text(struct arena *a, const struct ledger_place *p);
bool ledger_place_read(const char *text, struct ledger_place *out);

#endif
