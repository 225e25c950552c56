/* problem.h: the codes of what can be wrong with a file or a row */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_PROBLEM_H
#define IMPORT_PROBLEM_H

#include "base/arena.h"
#include "model/import.h"

/* One row a code of formats.md section 7, in problem.c. */
enum problem_code {
	/* the file as a whole */
	REFUSED_EMPTY_FILE,
	REFUSED_TOO_LARGE,
	REFUSED_TOO_MANY_ROWS,
	REFUSED_NOT_TEXT,
	REFUSED_ENCODING,
	REFUSED_HEADER_ORDER,
	REFUSED_ATTRIBUTE_TYPE_UNKNOWN,
	REFUSED_ATTRIBUTE_TYPE_CONFLICT,
	REFUSED_UNTERMINATED_QUOTE,
	/* a row is rejected */
	NAME_MISSING,
	PHONE_MISSING,
	EMAIL_MISSING,
	USER_ID_MISSING, /* only with key = user_id */
	COUNTRY_CODE_MISSING,
	COUNTRY_CODE_FORMAT,
	COUNTRY_CODE_UNKNOWN,
	PHONE_FORMAT,
	PHONE_INVALID,
	EMAIL_INVALID,
	NAME_NOT_LETTERS,
	FIRST_MESSAGE_MULTIPLE,
	OPTED_NOT_BOOLEAN,
	VALUE_TYPE,
	VALUE_TOO_LONG,
	DUPLICATE_IN_FILE,
	AMBIGUOUS_MATCH,
	KEY_CONFLICT,
	TOO_MANY_CELLS,
	SPREADSHEET_DAMAGE,
	CONTROL_CHARACTER,
	TAG_REJECTED, /* "tag-unknown" under unknown_tag = reject */
	/* a row is skipped */
	ROW_LIMIT,
	ALREADY_THERE,
	NOT_THERE,
	SUPPRESSED,
	IN_TRASH,
	LEFT_OUT, /* by a correction */
	/* a warning, the row gets in */
	TAG_UNKNOWN,
	TOO_FEW_CELLS,
	PHONE_UNKNOWN_RANGE,
	STRAY_QUOTE,
	PHONE_LEFT_OUT,
	OPT_OUT_KEPT,
	RESTORED_FROM_TRASH,
	MERGED_CONTACT,
	STATE_NOT_ALLOWED,
	OPT_OUT_TIME,
	PROBLEM_CODES
};

struct problem_info {
	const char *code;	  /* kebab case, stable */
	enum problem_level level; /* a refusal has PROBLEM_REJECT */
	const char *title;	  /* heading of a group on the review page */
};

/* Said in the message of exactly those findings that another value of a rule
 * would do away with: phone_check = possible, name_rule = letters_marks. */
#define PHRASE_RIGHT_LENGTH "has the right length, but is of no known range"
#define PHRASE_MARKS_WOULD_DO "or allow apostrophes, hyphens and dots in names"

extern const struct problem_info problem_infos[PROBLEM_CODES];

/* A value as a message names it: at most 40 characters, an ellipsis for the
 * rest, control characters as blanks. In the arena. */
const char *problem_value(struct arena *a, const char *value);

#endif
