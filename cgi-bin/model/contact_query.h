/* contact_query.h: which contacts, in which order, which page */
/* SPDX-License-Identifier: MIT */
#ifndef MODEL_CONTACT_QUERY_H
#define MODEL_CONTACT_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/contact_field.h"

enum contact_subject {
	SUBJECT_FIELD,		  /* the field is values[0]; "": empty */
	SUBJECT_PHONE,		  /* one of values, or begins with a start */
	SUBJECT_EMAIL_START,	  /* begins with values[0] */
	SUBJECT_EMAIL_PART,	  /* has values[0] in it */
	SUBJECT_WORDS,		  /* each of values is in one of the names */
	SUBJECT_TAG,		  /* has the tag `id` */
	SUBJECT_SEGMENT,	  /* is in the segment `id` */
	SUBJECT_IMPORT,		  /* was made or changed by the import `id` */
	SUBJECT_ACTIVE,		  /* last active at `moment` or later */
	SUBJECT_INACTIVE,	  /* before, or never */
	SUBJECT_ATTRIBUTE_TEXT,	  /* the attribute at path `name` is ... */
	SUBJECT_ATTRIBUTE_NUMBER, /* ... values[0], compared as numbers */
	SUBJECT_ATTRIBUTE_JSON,	  /* ... as JSON text */
	SUBJECT_ATTRIBUTE_RANGE,  /* ... from values[0] to below values[1], as
				   * texts; NULL: open */
	SUBJECT_ATTRIBUTE_LIST,	  /* ... has an element that is of values */
	SUBJECT_ATTRIBUTE_FILLED, /* ... has something in it */
	SUBJECT_MOMENT,		  /* `which` is at `from` or later, and before
				   * `until` */
	SUBJECT_IMPORT_MADE,	  /* was made by the import `id` */
	SUBJECT_IMPORT_CHANGED,	  /* was changed by it */
	SUBJECT_IMPORT_ERROR,	  /* a row in error of it was about the contact
				   */
	SUBJECT_CAMPAIGN,	  /* is in the campaign `id` */
	SUBJECT_TAGGED,		  /* has a tag at all */
	SUBJECT_IN_CAMPAIGN,	  /* is in a campaign at all */
	SUBJECT_ALL,		  /* all of parts hold */
	SUBJECT_ANY,		  /* one of parts holds */
	SUBJECT_IDS,		  /* is one of `ids` */
	SUBJECT_NOTHING		  /* no contact */
};

/* How SUBJECT_FIELD, SUBJECT_ATTRIBUTE_TEXT, SUBJECT_ATTRIBUTE_NUMBER and
 * SUBJECT_MOMENT are compared. */
enum contact_test {
	TEST_IS,
	TEST_IS_LOOSE, /* without regard to case, where TEST_IS has it */
	TEST_CONTAINS,
	TEST_STARTS,
	TEST_MORE,
	TEST_LESS,
	TEST_BETWEEN, /* values[0] to values[1], both with it */
	TEST_FILLED   /* not empty */
};

enum contact_moment {
	MOMENT_CREATED,
	MOMENT_UPDATED,
	MOMENT_ACTIVE,
	MOMENT_OPTED
};

/* One condition; which members it uses depends on the subject. */
struct contact_condition {
	enum contact_subject subject;
	enum contact_field field;
	enum contact_test test;
	enum contact_moment which;
	bool negated;	  /* holds for exactly the other contacts */
	const char *name; /* JSON path: $."LTV" */
	const char *const *values;
	size_t value_count;
	const char *const *starts;
	size_t start_count;
	uint64_t id;
	/* Of tags, segments, imports, campaigns and contacts: any of these;
	 * 0: `id`. */
	const uint64_t *ids;
	size_t id_count;
	int64_t moment; /* ms */
	int64_t from;	/* ms; INT64_MIN: open */
	int64_t until;	/* ms; INT64_MAX: open */
	struct contact_condition *parts;
	size_t part_count;
};

/*
 * What a list is sorted by, and then by id. Contacts that have none of it come
 * first in ascending order and last in descending order. Texts without regard
 * to case and accents, those of attributes by their first SORT_SIGNS.
 */
enum contact_sort {
	SORT_CREATED, /* by id: in the order they were made */
	SORT_FIELD,   /* sort_field */
	SORT_LAST_ACTIVE,
	SORT_STATUS, /* active before inactive, the latest first */
	SORT_UPDATED,
	SORT_TAGS,	       /* the first of them, by name */
	SORT_CAMPAIGNS,	       /* likewise */
	SORT_ATTRIBUTE_TEXT,   /* the attribute at sort_path, as text ... */
	SORT_ATTRIBUTE_NUMBER, /* ... as a number */
	SORT_ATTRIBUTE_JSON,   /* ... as JSON text */
	SORT_COUNT
};
#define SORT_SIGNS 100

enum cursor_kind {
	CURSOR_NONE, /* from the beginning */
	CURSOR_AFTER,
	CURSOR_BEFORE,
	CURSOR_END /* the last page */
};

/* A place in the order, beside the contact that has these. */
struct contact_cursor {
	enum cursor_kind kind;
	const char *value; /* of what is sorted by; NULL: it has none. A time
			    * of the contact itself is in ms. */
	uint64_t id;
};

/* Numbers of which one is another after any change of the contacts: the
 * highest ids of contact and audit. */
struct contact_marks {
	uint64_t contact;
	uint64_t audit;
};

/* All conditions have to hold. */
struct contact_query {
	bool trash; /* of those in the trash, instead of the book's */
	struct contact_condition *conditions;
	size_t condition_count;
	enum contact_sort sort;
	enum contact_field sort_field;
	const char *sort_path; /* $."LTV" */
	const char *sort_name; /* in an address; NULL is "created" */
	bool descending;
	struct contact_cursor cursor;
	size_t limit;
	struct contact_marks marks; /* as they are known, or 0 */
};

#endif
