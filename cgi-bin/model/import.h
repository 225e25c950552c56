/* import.h: one import of a contact file, from the upload to its result */
/* SPDX-License-Identifier: MIT */
#ifndef MODEL_IMPORT_H
#define MODEL_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/attribute.h"
#include "model/contact_field.h"
#include "model/id.h"

/* design.md section 4, States. Stored as the lower-case words. */
enum import_state {
	IMPORT_UPLOADING, /* pieces of the file are on their way; not shown */
	IMPORT_UPLOADED,  /* the file is here; columns are to be mapped */
	IMPORT_MAPPED,	  /* columns are mapped; to be reviewed */
	IMPORT_CHECKING,  /* a worker looks what the import would do */
	IMPORT_READY,	  /* reviewed; waits for the consent */
	IMPORT_QUEUED,	  /* consent given; waits for a worker */
	IMPORT_RUNNING,
	IMPORT_PAUSED, /* somebody, or a full disk, stopped it for now */
	IMPORT_DONE,
	IMPORT_FAILED,
	IMPORT_CANCELLED,
	IMPORT_REFUSED, /* the file as a whole is not acceptable */
	IMPORT_UNDOING, /* what it did to contacts is taken back */
	IMPORT_UNDONE,
	IMPORT_REDOING, /* and that is taken back again */
	IMPORT_STATE_COUNT
};

/* formats.md section 1: the rules, each with its values. */
enum rule_key {
	KEY_PHONE,
	KEY_EMAIL,
	KEY_USER_ID,
	KEY_PHONE_ELSE_EMAIL
};
enum rule_phone_form {
	FORM_ANY,
	FORM_PLUS_OR_NATIONAL,
	FORM_DIGITS,
	FORM_SPLIT
};
enum rule_phone_check {
	CHECK_VALID,
	CHECK_POSSIBLE
};
enum rule_name {
	NAME_ANY,
	NAME_LETTERS_MARKS,
	NAME_LETTERS
};
enum rule_duplicates {
	DUPLICATES_LAST_WINS,
	DUPLICATES_FIRST_WINS,
	DUPLICATES_REJECT_ALL,
	DUPLICATES_MERGE
};
enum rule_existing {
	EXISTING_UPDATE,
	EXISTING_SKIP,
	EXISTING_CREATE_ONLY,
	EXISTING_UPDATE_ONLY
};
enum rule_blank {
	BLANK_KEEP,
	BLANK_CLEAR
};
enum rule_unknown_tag {
	TAG_DROP,
	TAG_CREATE,
	TAG_REJECT
};
enum rule_unknown_column {
	COLUMN_ASK,
	COLUMN_CREATE,
	COLUMN_IGNORE
};

/* Bits of import_rules.required. */
enum rule_required {
	REQUIRE_NAME = 1,
	REQUIRE_PHONE = 2,
	REQUIRE_EMAIL = 4,
	REQUIRE_COUNTRY_CODE = 8,
	REQUIRE_PHONE_OR_EMAIL = 16
};

struct import_rules {
	enum rule_key key;
	unsigned required; /* of enum rule_required */
	enum rule_phone_form phone_form;
	enum rule_phone_check phone_check;
	char country[3]; /* ISO region for numbers without one; "": none */
	enum rule_name name_rule;
	enum rule_duplicates duplicates;
	enum rule_existing existing;
	enum rule_blank blank;
	enum rule_unknown_tag unknown_tag;
	enum rule_unknown_column unknown_column;
	bool typed_header;
	bool fixed_header;
	uint64_t row_limit;  /* rows that are imported */
	bool row_limit_cuts; /* later rows are skipped; else the file refused */
	uint64_t size_limit; /* bytes */
	char source[129];    /* of new contacts, without a Source column */
	bool segment_required;
	bool house_number_in_address; /* formats.md S2 */
};

/* What a column of the file becomes. */
enum target_kind {
	TARGET_UNDECIDED, /* "ask": the user has not said yet */
	TARGET_NONE,	  /* do not import */
	TARGET_FIELD,
	TARGET_COUNTRY_CODE, /* beside a national phone */
	TARGET_TAGS,
	TARGET_ATTRIBUTE,
	TARGET_REASON /* why somebody opted out, in a list of opt-outs */
};

/* What a cell with a value does to a contact that is in the book. */
enum column_write {
	WRITE_DEFAULT, /* tags: append; all others: overwrite */
	WRITE_OVERWRITE,
	WRITE_FILL,   /* only where the contact has nothing */
	WRITE_APPEND, /* tags and attributes of type ARRAY */
	WRITE_NEVER   /* only new contacts get the value */
};

/* What an empty cell does to it. */
enum column_empty {
	EMPTY_DEFAULT, /* what is overwritten: the rule `blank`; else keep */
	EMPTY_KEEP,
	EMPTY_CLEAR
};

struct column_target {
	enum target_kind kind;
	enum contact_field field; /* for TARGET_FIELD */
	const char *attribute;	  /* for TARGET_ATTRIBUTE: its name */
	enum attribute_type type; /* for TARGET_ATTRIBUTE */
	bool create;		  /* the attribute is to be created */
	bool guessed;		  /* recognised by itself, not chosen */
	enum column_write write;
	enum column_empty empty;
};

struct mapping {
	struct column_target *columns; /* one a column of the file */
	size_t count;
};

/* Where a row ended: formats.md section 7. The letters are stored. */
enum outcome {
	OUTCOME_CREATED = 'c',
	OUTCOME_UPDATED = 'u',
	OUTCOME_UNCHANGED = '=',
	OUTCOME_SKIPPED = 's',
	OUTCOME_REJECTED = 'r'
};

struct import_counts {
	uint64_t read;
	uint64_t created;
	uint64_t updated;
	uint64_t unchanged;
	uint64_t skipped;
	uint64_t rejected;
};

/* Text encodings that a file can have. */
enum encoding {
	ENCODING_UTF8,
	ENCODING_UTF16LE,
	ENCODING_UTF16BE,
	ENCODING_WINDOWS1252,
	ENCODING_COUNT
};

struct import {
	struct import_id id;
	struct member_id member; /* who started it; 0 for a token alone */
	const char *member_name; /* for the history */
	enum import_state state;
	const char *format; /* key of a row of formats.c */
	struct import_rules rules;
	const char *file_name; /* as sent; shown, never used as a path */
	uint64_t bytes;
	const char *sha256; /* 64 hex digits */
	enum encoding encoding;
	char delimiter;
	bool header;	     /* the first row names the columns */
	const char *columns; /* JSON: what inspection found of each */
	const char *mapping; /* JSON of the targets; "" until mapped */
	const char *segment; /* name, "" for none */
	const char *tags;    /* added to each contact, '|' between */
	bool last_mapping;   /* formats.md S3 was asked for */
	uint64_t total_rows; /* data rows of the file, blank ones not */
	struct import_counts counts;
	uint64_t
	    inexact_from;    /* row from which a check is not exact; 0: it is */
	const char *checked; /* JSON of the check's counts, or "" */
	struct import_id completes; /* whose rows in error these are, or 0 */
	struct import_id completed; /* by which later import, or 0 */
	uint64_t attempts;	    /* how often a worker took it up */
	int64_t worked_ms;	    /* how long workers were at it */
	const char *refusal_code;   /* "" unless refused or failed */
	const char *refusal_message;
	int64_t created_at; /* ms; 0 where it has not happened */
	int64_t started_at;
	int64_t finished_at;
	int64_t file_deleted_at; /* by a retention rule; 0: it is there */
	uint64_t erased_cells;	 /* overwritten since, at people's request */
};

/* A finding about a row; code is a row of domain/import/problem.c. */
enum problem_level {
	PROBLEM_WARNING,
	PROBLEM_REJECT,
	PROBLEM_SKIP
};

#define PROBLEM_VALUE_MAX 255u /* bytes */

struct problem {
	uint64_t row;		 /* as a spreadsheet numbers it */
	unsigned column;	 /* from 1; 0: the row as a whole */
	const char *column_name; /* header of the column, or "" */
	const char *code;
	const char *message; /* what is wrong and what to do */
	const char *value;   /* the cell, where correcting its text everywhere
			      * may help and it is short enough; else NULL */
	enum problem_level level;
};

#endif
