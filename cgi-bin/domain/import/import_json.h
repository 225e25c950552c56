/* import_json.h: an import as JSON */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_IMPORT_JSON_H
#define DOMAIN_IMPORT_JSON_H

#include "base/arena.h"
#include "base/json.h"
#include "model/import.h"
#include "storage/db.h"

/* An import as an object, as the API answers it: status, file, progress,
 * counts, mapping, opt-outs, times, undo. NOT_FOUND when there is none. */
enum status import_json_put(struct json_writer *w, struct db *db,
    struct arena *a, struct import_id id, struct err *e);

#endif
