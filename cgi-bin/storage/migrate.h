/* migrate.h: the schema, forward only */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_MIGRATE_H
#define STORAGE_MIGRATE_H

#include "storage/db.h"

/*
 * Applies the files sql/NNNN_what.sql under HOME that this database has not
 * had, in the order of their numbers, each recorded in schema_migration. The
 * connection is an admin's. A file that fails stops, with its name in e; DDL
 * of MariaDB commits by itself, so a file changes one thing or can be run
 * again. Two at once: the second waits for the first's row lock.
 */
enum status migrate_apply(
    struct db *admin, const struct conf *c, unsigned *applied, struct err *e);

/* OK when every migration under HOME is applied; FAILED names the first that
 * is not (a program that is newer than its database must not serve). */
enum status migrate_check(struct db *db, const struct conf *c, struct err *e);

#endif
