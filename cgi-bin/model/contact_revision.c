/* contact_revision.c: the kinds of changes, as they are stored */
/* SPDX-License-Identifier: MIT */
#include "model/contact_revision.h"

const char *const revision_kinds[REVISION_KINDS] = {
    [REVISION_UPDATE] = "update",
    [REVISION_DELETE] = "delete",
    [REVISION_TRASH] = "trash",
    [REVISION_RESTORE] = "restore",
    [REVISION_MERGE] = "merge",
};
