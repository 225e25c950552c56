/* erase_file.h: a person's cells in the kept file of an import */
/* SPDX-License-Identifier: MIT */
#ifndef PRIVACY_ERASE_FILE_H
#define PRIVACY_ERASE_FILE_H

#include "domain/privacy/person_keys.h"
#include "model/import.h"
#include "storage/db.h"

/* Rows of one file that are overwritten in one transaction. */
#define ERASE_FILE_ROWS 2000u

struct erased_file {
	uint64_t rows;	   /* that were about the person */
	uint64_t cells;	   /* that were overwritten, in other rows too */
	uint64_t problems; /* whose words went */
	bool more;	   /* there may be more rows: once again */
};

/*
 * Within a transaction that holds the import, which nobody works on: goes
 * through its kept file, overwrites all cells of rows that are about the
 * person, and single cells that name the person in other rows; takes away what
 * findings, corrections, samples and names of columns told of them. Done again
 * it changes nothing more. A file that is not kept any more is fine.
 *
 * A row is about the person when it has one of the keys, read as the import
 * reads it; when it is known to be, from the import; or when it names the
 * person and has no other number or e-mail address that can be read. A row
 * with the person's e-mail address and the number of somebody else who is in
 * the book is that other person's.
 */
enum status erase_file(struct db *db, struct import_id id,
    const struct scrubbing *s, struct erased_file *out, struct err *e);

#endif
