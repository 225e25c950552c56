/* contact_export.h: contacts as a CSV file */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CONTACT_EXPORT_H
#define DOMAIN_CONTACT_EXPORT_H

#include "base/conf.h"
#include "model/contact_query.h"
#include "model/member.h"
#include "storage/db.h"

/* Takes the next piece of the file; false: nobody reads any more. */
typedef bool (*export_write)(void *arg, const void *p, size_t n);

/*
 * Writes the contacts of a query, in its order: UTF-8 with BOM, a header row
 * that the import's generic format maps back by itself, CRLF. Columns: all
 * fields, tags with '|' between, attributes as "name||TYPE" in the form that
 * is kept. Cells are guarded (csv_guard.h). The whole list, or from the
 * query's cursor on; the memory that is used does not depend on its length.
 * The rows come over a connection of their own. An audit entry is written
 * first; details says what was asked for.
 */
enum status contact_export(struct db *db, const struct conf *conf,
    const struct contact_query *query, const struct actor *actor,
    const char *details, export_write write, void *arg, struct err *e);

#endif
