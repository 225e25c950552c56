/* audit_words.c: the actions of the audit log, in words */
/* SPDX-License-Identifier: MIT */
#include "domain/audit_words.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

#define ITSELF AUDIT_BY_ITSELF
#define STRANGER AUDIT_BY_STRANGER

const struct audit_word audit_words[] = {
    {"login", AUDIT_LOGINS, "Logged in", 0},
    {"login.failure", AUDIT_LOGINS, "Tried to log in and failed", STRANGER},
    {"login.throttled", AUDIT_LOGINS,
	"Was made to wait after too many failed logins", STRANGER},
    {"logout", AUDIT_LOGINS, "Logged out", 0},

    {"member.create", AUDIT_TEAM, "Added a member", 0},
    {"member.name", AUDIT_TEAM, "Changed a member's name", 0},
    {"member.password", AUDIT_TEAM, "Set a member's password", 0},
    {"member.access", AUDIT_TEAM, "Changed what a member may do", 0},
    {"token.create", AUDIT_TEAM, "Made an API token", 0},
    {"token.revoke", AUDIT_TEAM, "Revoked an API token", 0},

    {"setting.change", AUDIT_SETTINGS, "Changed a setting", 0},

    {"import.uploaded", AUDIT_IMPORTS, "Uploaded a file to import", 0},
    {"import.discarded", AUDIT_IMPORTS,
	"Took back an upload that could not be imported", 0},
    {"import.changed", AUDIT_IMPORTS, "Changed how a file is imported", 0},
    {"import.corrected", AUDIT_IMPORTS, "Corrected rows of a file", 0},
    {"import.correction.taken-back", AUDIT_IMPORTS,
	"Took back a correction of a file", 0},
    {"import.optins", AUDIT_IMPORTS,
	"Confirmed opt-ins of people who had opted out", 0},
    {"import.confirmed", AUDIT_IMPORTS,
	"Confirmed the consent and started an import", 0},
    {"import.paused", AUDIT_IMPORTS, "Paused an import", 0},
    {"import.resumed", AUDIT_IMPORTS, "Let a paused import go on", 0},
    {"import.cancelled", AUDIT_IMPORTS, "Cancelled an import", 0},
    {"import.undo", AUDIT_IMPORTS, "Began to undo an import", 0},
    {"import.redo", AUDIT_IMPORTS, "Began to undo the undo of an import", 0},

    {"contacts.export", AUDIT_EXPORTS, "Exported contacts", 0},
    {"import.downloaded", AUDIT_EXPORTS, "Downloaded a file of an import", 0},
    {"consent.exported", AUDIT_EXPORTS, "Exported a proof of consent", 0},
    {"audit.export", AUDIT_EXPORTS, "Exported the audit log", 0},

    {"contact.create", AUDIT_CONTACTS, "Added a contact", 0},
    {"contact.update", AUDIT_CONTACTS, "Changed a contact", 0},
    {"contact.trash", AUDIT_CONTACTS, "Moved a contact to the trash", 0},
    {"contact.restore", AUDIT_CONTACTS, "Restored a contact from the trash", 0},
    {"contact.purge", AUDIT_CONTACTS, "Deleted a contact for good", 0},
    {"contact.merge", AUDIT_CONTACTS, "Merged two contacts", 0},
    {"duplicate.dismiss", AUDIT_CONTACTS, "Said that two are no duplicates", 0},
    {"duplicate.take_back", AUDIT_CONTACTS,
	"Took back that two are no duplicates", 0},
    {"trash.empty", AUDIT_CONTACTS, "Emptied the trash", 0},
    {"trash.expire", AUDIT_CONTACTS,
	"Deleted for good what had been in the trash long enough", ITSELF},

    {"contacts.bulk", AUDIT_JOBS, "Began to change many contacts", 0},
    {"job.cancel", AUDIT_JOBS, "Cancelled a job", 0},
    {"job.undo", AUDIT_JOBS, "Began to undo a job", 0},

    {"tag.create", AUDIT_LISTS, "Added a tag", 0},
    {"tag.rename", AUDIT_LISTS, "Renamed a tag", 0},
    {"tag.merge", AUDIT_LISTS, "Merged two tags", 0},
    {"tag.delete", AUDIT_LISTS, "Deleted a tag", 0},
    {"first_message.rename", AUDIT_LISTS, "Renamed a first message", 0},
    {"first_message.merge", AUDIT_LISTS, "Merged two first messages", 0},
    {"first_message.delete", AUDIT_LISTS, "Deleted a first message", 0},
    {"first_message_rule.create", AUDIT_LISTS, "Added a first-message rule", 0},
    {"first_message_rule.change", AUDIT_LISTS, "Changed a first-message rule",
	0},
    {"first_message_rule.delete", AUDIT_LISTS, "Deleted a first-message rule",
	0},
    {"attribute.create", AUDIT_LISTS, "Added an attribute", 0},
    {"attribute.change", AUDIT_LISTS, "Changed an attribute", 0},
    {"attribute.delete", AUDIT_LISTS, "Deleted an attribute", 0},
    {"segment.create", AUDIT_LISTS, "Added a segment", 0},
    {"segment.rename", AUDIT_LISTS, "Renamed a segment", 0},
    {"segment.filter", AUDIT_LISTS, "Changed the filter of a segment", 0},
    {"segment.delete", AUDIT_LISTS, "Deleted a segment", 0},
    {"campaign.create", AUDIT_LISTS, "Added a campaign", 0},
    {"campaign.rename", AUDIT_LISTS, "Renamed a campaign", 0},
    {"campaign.delete", AUDIT_LISTS, "Deleted a campaign", 0},

    {"privacy.look-up", AUDIT_PRIVACY, "Looked up all data of a person", 0},
    {"privacy.erase", AUDIT_PRIVACY, "Erased a person", 0},
    {"contact.consent", AUDIT_PRIVACY, "Recorded a consent", 0},
    {"suppression.look", AUDIT_PRIVACY,
	"Looked somebody up in the list of suppressions", 0},
    {"suppression.add", AUDIT_PRIVACY,
	"Put somebody on the list of suppressions", 0},
    {"suppression.lift", AUDIT_PRIVACY,
	"Let people come back who were not to, with new consent", 0},
    {"retention.files", AUDIT_PRIVACY, "Deleted files of old imports", ITSELF},
    {"retention.uploads", AUDIT_PRIVACY,
	"Deleted uploads that were never imported", ITSELF},
    {"retention.messages", AUDIT_PRIVACY, "Deleted old messages", ITSELF},
    {"retention.events", AUDIT_PRIVACY, "Deleted old events", ITSELF},

    {"webhook.create", AUDIT_WEBHOOKS, "Added an outgoing webhook", 0},
    {"webhook.change", AUDIT_WEBHOOKS, "Changed an outgoing webhook", 0},
    {"webhook.secret", AUDIT_WEBHOOKS, "Gave an outgoing webhook a new secret",
	0},
    {"webhook.ping", AUDIT_WEBHOOKS, "Tried an outgoing webhook", 0},
    {"webhook.redeliver", AUDIT_WEBHOOKS, "Had an event delivered again", 0},
    {"webhook.off", AUDIT_WEBHOOKS,
	"Switched off an outgoing webhook that failed", ITSELF},
    {"webhook.delete", AUDIT_WEBHOOKS, "Deleted an outgoing webhook", 0},
    {NULL, AUDIT_GROUP_COUNT, NULL, 0},
};

static const struct {
	const char *word;
	const char *label;
} groups[AUDIT_GROUP_COUNT] = {
    [AUDIT_LOGINS] = {"logins", "Logging in and out"},
    [AUDIT_TEAM] = {"team", "Members and tokens"},
    [AUDIT_SETTINGS] = {"settings", "Settings"},
    [AUDIT_IMPORTS] = {"imports", "Imports"},
    [AUDIT_EXPORTS] = {"exports", "Exports and downloads"},
    [AUDIT_CONTACTS] = {"contacts", "Contacts and trash"},
    [AUDIT_JOBS] = {"jobs", "Changes of many contacts"},
    [AUDIT_LISTS] = {"lists", "Tags, attributes and other lists"},
    [AUDIT_PRIVACY] = {"privacy", "Privacy"},
    [AUDIT_WEBHOOKS] = {"webhooks", "Outgoing webhooks"},
};

static const struct {
	const char *word;
	const char *label;
} people[] = {
    [AUDIT_BY_ANYBODY] = {"", ""},
    [AUDIT_BY_MEMBER] = {"member", "Member"},
    [AUDIT_BY_TOKEN] = {"token", "API token"},
    [AUDIT_BY_COMMAND] = {"command-line", "Command line"},
    [AUDIT_BY_ITSELF] = {"itself", "Rubrica itself"},
    [AUDIT_BY_WHATSAPP] = {"whatsapp", "WhatsApp"},
    [AUDIT_BY_STRANGER] = {"not-logged-in", "Not logged in"},
};
#define PEOPLE (sizeof(people) / sizeof(*people))

/* Where the pages of things are; with the number at the end, or not. */
static const struct {
	const char *thing;
	const char *path;
	bool number;
} pages[] = {
    {"contact", "/contacts/", true},
    {"import", "/imports/", true},
    {"job", "/jobs/", true},
    {"member", "/team", false},
    {"tag", "/tags", false},
    {"first message", "/tags", false},
    {"attribute", "/attributes", false},
    {"segment", "/segments", false},
    {"campaign", "/campaigns", false},
    {"rule", "/first-messages", false},
    {"webhook", "/hooks/", true},
    {"token", "/tokens", false},
};

const struct audit_word *audit_word_find(const char *action)
{
	for (const struct audit_word *w = audit_words; w->action; w++)
		if (str_equal(w->action, action))
			return w;
	return NULL;
}

const char *audit_sentence(const char *action)
{
	const struct audit_word *w = audit_word_find(action);

	return w ? w->sentence : action;
}

const char *audit_group_word(enum audit_group g)
{
	return groups[g].word;
}

const char *audit_group_label(enum audit_group g)
{
	return groups[g].label;
}

enum audit_group audit_group_of(const char *word)
{
	int g = 0;

	while (g < AUDIT_GROUP_COUNT && !str_equal(groups[g].word, word))
		g++;
	return (enum audit_group)g;
}

/* --- lists of actions --- */

static void add(struct arena *a, struct audit_actions *out, const char *action)
{
	if (!out->items)
		out->items = arena_alloc(a, sizeof(audit_words));
	out->items[out->count++] = action;
}

struct audit_actions audit_actions_of(struct arena *a, enum audit_group g)
{
	struct audit_actions out = {0};

	for (const struct audit_word *w = audit_words; w->action; w++)
		if (w->group == g)
			add(a, &out, w->action);
	return out;
}

struct audit_actions audit_actions_with(struct arena *a, const char *text)
{
	const char *part = utf8_fold_bare(a, text);
	struct audit_actions out = {0};

	for (const struct audit_word *w = audit_words; w->action; w++)
		if (strstr(utf8_fold_bare(a, w->sentence), part) ||
		    strstr(w->action, part))
			add(a, &out, w->action);
	return out;
}

struct audit_actions audit_actions_by(struct arena *a, enum audit_by by)
{
	struct audit_actions out = {0};

	for (const struct audit_word *w = audit_words; w->action; w++)
		if (w->by == by)
			add(a, &out, w->action);
	return out;
}

/* --- who --- */

enum audit_by audit_by_of(const struct audit *entry)
{
	const struct audit_word *w = audit_word_find(entry->action);

	if (entry->token.n)
		return AUDIT_BY_TOKEN;
	if (entry->member.n)
		return AUDIT_BY_MEMBER;
	if (w && w->by == ITSELF && !*entry->address)
		return AUDIT_BY_ITSELF;
	if (w && w->by == STRANGER && *entry->address)
		return AUDIT_BY_STRANGER;
	return *entry->address ? AUDIT_BY_WHATSAPP : AUDIT_BY_COMMAND;
}

const char *audit_by_word(enum audit_by by)
{
	return people[by].word;
}

const char *audit_by_label(enum audit_by by)
{
	return people[by].label;
}

enum audit_by audit_by_find(const char *word)
{
	for (size_t i = PEOPLE; i-- > 1;)
		if (str_equal(people[i].word, word))
			return (enum audit_by)i;
	return AUDIT_BY_ANYBODY;
}

/* --- what it was done to --- */

const char *audit_subject_path(struct arena *a, const char *subject)
{
	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++) {
		unsigned long long id;
		size_t n = strlen(pages[i].thing);

		if (strncmp(subject, pages[i].thing, n) != 0 ||
		    subject[n] != ' ' || !str_to_u64(subject + n + 1, &id))
			continue;
		return pages[i].number
			   ? arena_printf(a, "%s%llu", pages[i].path, id)
			   : pages[i].path;
	}
	if (str_equal(subject, "trash"))
		return "/trash";
	return str_equal(subject, "suppression") ? "/suppressions" : "";
}
