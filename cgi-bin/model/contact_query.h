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
	SUBJECT_NOTHING		  /* no contact */
};

/* One condition; which members it uses depends on the subject. */
struct contact_condition {
	enum contact_subject subject;
	enum contact_field field;
	const char *name; /* JSON path: $."LTV" */
	const char *const *values;
	size_t value_count;
	const char *const *starts;
	size_t start_count;
	uint64_t id;
	int64_t moment; /* ms */
};

enum contact_sort {
	SORT_CREATED, /* by id: in the order they were made */
	SORT_NAME,
	SORT_PHONE,
	SORT_EMAIL,
	SORT_COUNT
};

enum cursor_kind {
	CURSOR_NONE, /* from the beginning */
	CURSOR_AFTER,
	CURSOR_BEFORE
};

/* A place in the order, beside the contact that has these. */
struct contact_cursor {
	enum cursor_kind kind;
	const char *value; /* of the sort's field; NULL: it has none */
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
	bool descending;
	struct contact_cursor cursor;
	size_t limit;
	struct contact_marks marks; /* as they are known, or 0 */
};

#endif
