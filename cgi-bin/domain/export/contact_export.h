/* contact_export.h: contacts as a file */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CONTACT_EXPORT_H
#define DOMAIN_CONTACT_EXPORT_H

#include "base/conf.h"
#include "domain/contact/contact_columns.h"
#include "model/contact_query.h"
#include "model/member.h"
#include "storage/db.h"

/* Takes the next piece of the file; false: nobody reads any more. */
typedef bool (*export_write)(void *arg, const void *p, size_t n);

struct export_options {
	bool xlsx;
	char delimiter; /* ',' or ';', of CSV */
	bool bom;	/* of CSV */
	/* count 0: all that an import takes, fields, tags and attributes */
	struct column_list columns;
	const char *shape; /* filter_shape() of what was asked for */
};

/*
 * Writes the contacts of a query, in its order: a header row that the import's
 * generic format maps back by itself, attributes as "name||TYPE" in the form
 * that is kept, tags with '|' between.
 *
 * CSV: UTF-8, CRLF, cells guarded (csv_guard.h); pieces are written as the rows
 * come. XLSX: text cells, and numbers, days and moments as such where they come
 * back as they are; the file is put together first, as a temporary one.
 *
 * The whole list, or from the query's cursor on; the memory that is used does
 * not depend on its length. The rows come over a connection of their own. An
 * audit entry is written first. INVALID: a sheet cannot hold it, *refusal says
 * what to do and nothing was written.
 */
enum status contact_export(struct db *db, const struct conf *conf,
    const struct contact_query *query, const struct export_options *options,
    const struct actor *actor, struct arena *a, export_write write, void *arg,
    const char **refusal, struct err *e);

#endif
