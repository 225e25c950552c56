/* token_scope.c: what an API token may do */
/* SPDX-License-Identifier: MIT */
#include "model/token_scope.h"

const struct token_scope token_scopes[TOKEN_SCOPES] = {
    {SCOPE_READ, "read", "Read: contacts, imports, exports, everything else"},
    {SCOPE_WRITE, "write", "Write: contacts, tags, segments, bulk changes"},
    {SCOPE_IMPORT, "import", "Import: upload files, start and undo imports"},
    {SCOPE_ERASE, "erase", "Erase: remove a person's data for good"},
};
