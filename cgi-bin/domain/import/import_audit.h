/* import_audit.h: what is done with imports, in the audit log */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_AUDIT_H
#define IMPORT_AUDIT_H

#include "model/import.h"
#include "model/member.h"
#include "storage/db.h"

/* action is "import.uploaded", "import.confirmed", "import.cancelled" or
 * "import.downloaded"; details the file that it is about. Inside a transaction
 * it is written with it. */
enum status import_audit(struct db *db, const struct actor *actor,
    const char *action, struct import_id id, const char *details,
    struct err *e);

#endif
