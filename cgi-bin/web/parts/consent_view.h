/* consent_view.h: the ledger of consents on pages, in forms, as downloads */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_PARTS_CONSENT_VIEW_H
#define WEB_PARTS_CONSENT_VIEW_H

#include "domain/consent/consent_record.h"
#include "web/request.h"
#include "web/response.h"

/* How it stands with each purpose, and the empty form: Purposes.N.{Key, Label,
 * Status, Dot, Since, Source}, Withdrawn (one of them is), ConsentForm.*. */
enum status consent_view_state(struct request *rq, struct response *rs,
    struct contact_id contact, struct err *e);

/* A page of entries: Entries.N.{Purpose, Status, Dot, Basis, At, EvidenceAt,
 * Source, Import, Job, Contact, Note, Words, WordsVersion, Counts}. */
void consent_view_entries(struct request *rq, struct response *rs,
    struct contact_id contact, const struct consent_entry *entries, size_t n);

/* What was typed, and the same back in the form with what is wrong. */
void consent_form_read(struct request *rq, struct consent_draft *out);
void consent_form_fill(struct request *rq, struct response *rs,
    const struct consent_draft *draft, const struct contact_result *result);

/* A person's proof as CSV or JSON; the download is in the audit log. */
enum status consent_download(
    struct request *rq, struct response *rs, bool json, struct err *e);

#endif
