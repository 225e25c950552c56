/* contact_trash_store.h: contacts into the trash, out of it, and away */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_CONTACT_TRASH_STORE_H
#define STORAGE_CONTACT_TRASH_STORE_H

#include "storage/contact_batch_store.h"

/*
 * All of these are called within the transaction of a batch, with at most some
 * 2,000 ids, each once. They lock the contacts and leave out what there is
 * nothing to do with: one that is gone, that is in the trash already, or is
 * not in it. *changed is how many they changed.
 */

/*
 * Moves contacts into the trash: they keep their fields and keys, and lose
 * their tags and places in segments. kind: REVISION_TRASH, or REVISION_MERGE
 * when it was a merge that did it. The revision has "_tags", "_segments" and
 * "_trashed_at": null.
 */
enum status contact_batch_trash(struct db *db, struct arena *a,
    const uint64_t *contacts, size_t n, enum revision_kind kind,
    const struct batch_origin *origin, int64_t now, uint64_t *changed,
    struct err *e);

/*
 * Takes contacts out of the trash, with the tags and the places in segments
 * that they had when they came there; names that the book has no more are left
 * out. kind: REVISION_RESTORE, or REVISION_MERGE. The revision has the empty
 * "_tags" and "_segments", and "_trashed_at" with the time.
 */
enum status contact_batch_restore(struct db *db, struct arena *a,
    const uint64_t *contacts, size_t n, enum revision_kind kind,
    const struct batch_origin *origin, int64_t now, uint64_t *changed,
    struct err *e);

/*
 * The same in two halves, for who writes rows and revisions itself (an import,
 * in one revision with the values of its row). lost_tags: the tags that
 * contacts in the trash would get back, ordered by contact; nothing is
 * written. untrash, before that revision is written: gives the places in
 * segments back, and takes the contacts out; fields, version and tags are the
 * caller's.
 */
enum status contact_batch_lost_tags(struct db *db, struct arena *a,
    const uint64_t *contacts, size_t n, struct tag_pair **pairs, size_t *count,
    struct err *e);
enum status contact_batch_untrash(struct db *db, struct arena *a,
    const uint64_t *contacts, size_t n, struct err *e);

/* Removes contacts that are in the trash for good, with their revisions,
 * messages and whatever else is theirs. */
enum status contact_batch_purge(struct db *db, struct arena *a,
    const uint64_t *contacts, size_t n, uint64_t *purged, struct err *e);

#endif
