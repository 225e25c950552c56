/* contact.h: making and changing a contact */
/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CONTACT_CONTACT_H
#define DOMAIN_CONTACT_CONTACT_H

#include "base/arena.h"
#include "model/attribute.h"
#include "model/contact.h"
#include "model/member.h"
#include "storage/db.h"

/* What a form or an API request says of a contact. Everything is text as it
 * was typed; NULL: nothing is said of it; "": it is to be empty. */
struct draft_attribute {
	const struct attribute *attribute;
	const char *text;
	const char *json; /* set by the check; NULL: none */
};
struct contact_draft {
	const char *value[FIELD_COUNT];
	const char **tags;
	size_t tag_count;
	bool has_tags;
	const char **campaigns; /* as tags: unknown names make new ones */
	size_t campaign_count;
	bool has_campaigns;
	struct draft_attribute *attributes;
	size_t attribute_count;
	/* By a browser, which has its own ends of lines: a value that differs
	 * in these alone is not another one. */
	bool from_form;
	/* Whoever edits says that the person opted in again. Without that, an
	 * opt-out is only overturned by a later whatsapp_opted_at. */
	bool optin_confirmed;
};

/* A message about a field: its key, "tags", "campaigns",
 * "attributes.NAME", "version", or
 * "" for the contact as a whole. */
struct contact_message {
	const char *field;
	const char *text;
};
/* A field that was changed by others and by this edit. */
struct contact_conflict {
	const char *field; /* key or "attributes.NAME" */
	const char *label;
	const char *was; /* in the version that the edit began with */
	const char *now;
	const char *wanted;
};
struct contact_result {
	struct contact contact; /* as it is in the book now */
	bool changed;
	/* contact_change(): as it would be with what is not in conflict */
	struct contact merged;
	struct contact_message *messages;
	size_t message_count;
	struct contact_conflict *conflicts;
	size_t conflict_count;
	struct contact_id other; /* who has the phone or WhatsApp user id */
	bool other_in_trash;
	bool in_trash; /* contact_change(): the contact itself is there */
	/* A key is of somebody who is not to come back (409 "suppressed"), or
	 * nobody can tell (409 "privacy-key"); with a message. */
	bool suppressed;
	bool other_privacy_key;
};

/*
 * Checks a draft and puts its values into the form that is kept: trimmed,
 * phones in E.164, times in UTC. Pure. A value that `had` (NULL for a new
 * contact) has already is not checked again: it may be of an older rule.
 * Messages are added to `out`; true when there was nothing to say.
 */
struct contact_rules {
	const char *country; /* of the book, for numbers without one */
};
bool contact_check(struct arena *a, const struct contact_rules *rules,
    struct contact_draft *d, const struct contact *had,
    struct contact_result *out);

/*
 * Makes a contact. INVALID: messages; CONFLICT: `other` has the phone or the
 * WhatsApp user id, and there is a message too. Without a name, first and last
 * name become one.
 */
enum status contact_create(struct db *db, struct arena *a,
    const struct actor *actor, struct contact_draft *d,
    struct contact_result *out, struct err *e);

/*
 * Changes what the draft says, which began with `version`. A value that is the
 * one of that version is not a change. Changes of others to other fields
 * stand; tags are merged one by one. CONFLICT: with conflicts (nothing is
 * written), or with `other` as above. out->contact is the contact as it is, in
 * any case but NOT_FOUND. Nothing is written for an edit that changes nothing,
 * nor for a contact in the trash (CONFLICT, with in_trash).
 */
enum status contact_change(struct db *db, struct arena *a,
    const struct actor *actor, struct contact_id id, uint64_t version,
    struct contact_draft *d, struct contact_result *out, struct err *e);

/* Tags as they are typed: with '|' between, or ',' when there is no '|' at all;
 * trimmed, each once, without regard to case. */
void contact_tags_read(
    struct arena *a, const char *text, const char ***tags, size_t *count);

/* The same as text that reads back: with ", " between, or " | " when a name has
 * a comma in it. */
const char *contact_tags_write(
    struct arena *a, const char *const *tags, size_t count);

/* "active" at a moment: formats.md A9. */
bool contact_is_active(const struct contact *c, int64_t now);

#endif
