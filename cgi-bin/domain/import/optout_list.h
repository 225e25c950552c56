/* optout_list.h: a file that only opts people out */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_OPTOUT_LIST_H
#define IMPORT_OPTOUT_LIST_H

#include "domain/import/batch.h"
#include "domain/import/write.h"
#include "domain/privacy/suppression.h"
#include "model/consent_entry.h"

struct keys;
struct matching;

/*
 * A row names a phone number, an e-mail address or both, and creates nobody.
 * - Everybody in the book who has one of them, in the trash too, is opted out:
 *   whatsapp_opted is no, with the row's time, or that of the upload where it
 *   has none or one that is later. By an e-mail address the consent to e-mails
 *   is withdrawn as well, of all who share the address. The ledger has it.
 * - A key that nobody has goes on the list of suppressions, so that no other
 *   file brings the person in.
 * - A row that changes any of that is updated, else unchanged. One who is
 *   opted out already keeps the time, unless the row has a later one.
 */
struct optout_list {
	struct suppression_value *keys; /* to be listed, or listed later */
	int64_t *moments;		/* of each of them */
	size_t key_count;
	struct suppression *named; /* all keys that nobody has; listed: before
				    * this row */
	size_t named_count;
	struct consent_entry *entries; /* of the ledger */
	size_t entry_count;
	size_t entry_space;
	struct optout_seen *seen; /* what a check has to remember of it */
	size_t seen_count;
	size_t seen_space;
};

/* A person or a key that is opted out since then; the hash is of its own. */
struct optout_seen {
	uint64_t hash;
	uint32_t seconds; /* since 1970 */
};

/* How often they come up is a number of the import, like that of a field:
 * contacts without consent to e-mails now, keys of the list of suppressions. */
#define OPTOUT_CHANGES_EMAIL "email_consent"
#define OPTOUT_CHANGES_LIST "suppression"

/* Decides every row; x has nothing read yet. */
void optout_list_match(struct matching *x);

/* Within the batch's transaction. */
enum status optout_list_write(const struct writing *w, struct arena *a,
    const struct optout_list *list, struct err *e);

/* After a batch of a check: what it would have opted out. */
void optout_list_keep(struct keys *earlier, const struct optout_list *list);

#endif
