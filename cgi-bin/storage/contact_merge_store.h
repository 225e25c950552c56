/* contact_merge_store.h: the rows that a merge of two contacts moves */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_CONTACT_MERGE_STORE_H
#define STORAGE_CONTACT_MERGE_STORE_H

#include "base/arena.h"
#include "model/contact.h"
#include "model/member.h"
#include "storage/db.h"

/* All of these are called within the transaction of the merge. */

/* Locks both rows, in the order of their ids; *count of them are there. */
enum status contact_merge_lock(struct db *db, struct contact_id one,
    struct contact_id other, size_t *count, struct err *e);

/* The job that the revisions of a merge belong to; it is done. */
enum status contact_merge_job(struct db *db, const struct actor *actor,
    const char *arguments, int64_t now, struct job_id *out, struct err *e);

/* Puts a row that still has c->version into the trash, with the phone and
 * WhatsApp user id of *c, its trashed_at, merged_into and updated_at, and takes
 * it out of tags, segments and campaigns. */
enum status contact_merge_trash(
    struct db *db, const struct contact *c, struct err *e);

/* Writes created_at and last_active. */
enum status contact_merge_times(
    struct db *db, const struct contact *c, struct err *e);

/* The names of a contact's campaigns, sorted. */
enum status contact_merge_campaigns(struct db *db, struct arena *a,
    struct contact_id id, const char ***names, size_t *count, struct err *e);

/* Puts a contact where another one is: into its campaigns, into one segment. */
enum status contact_merge_copy_campaigns(
    struct db *db, struct contact_id from, struct contact_id to, struct err *e);
enum status contact_merge_copy_segment(struct db *db, struct segment_id segment,
    struct contact_id from, struct contact_id to, struct err *e);
/* Takes a contact out of one segment. */
enum status contact_merge_leave_segment(struct db *db,
    struct segment_id segment, struct contact_id id, struct err *e);

#endif
