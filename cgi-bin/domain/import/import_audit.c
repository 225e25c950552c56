/* import_audit.c: what is done with imports, in the audit log */
/* SPDX-License-Identifier: MIT */
#include "domain/import/import_audit.h"

#include <inttypes.h>
#include <stdio.h>

#include "storage/audit_store.h"

enum status import_audit(struct db *db, const struct actor *actor,
    const char *action, struct import_id id, const char *details, struct err *e)
{
	char subject[48];

	snprintf(subject, sizeof(subject), "import %" PRIu64, id.n);
	return audit_add(db, actor, action, subject, details, e);
}
