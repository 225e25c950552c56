/* problem.c: the codes of what can be wrong with a file or a row */
/* SPDX-License-Identifier: MIT */
#include "domain/import/problem.h"

#include <string.h>

#include "base/utf8.h"

/* Characters of a value that a message shows. */
#define VALUE_SHOWN 40

const struct problem_info problem_infos[PROBLEM_CODES] = {
    [REFUSED_EMPTY_FILE] = {"empty-file", PROBLEM_REJECT,
	"The file has no rows"},
    [REFUSED_TOO_LARGE] = {"too-large", PROBLEM_REJECT,
	"The file is too large"},
    [REFUSED_TOO_MANY_ROWS] = {"too-many-rows", PROBLEM_REJECT,
	"The file has too many rows"},
    [REFUSED_NOT_TEXT] = {"not-text", PROBLEM_REJECT,
	"The file is not a CSV text"},
    [REFUSED_ENCODING] = {"encoding", PROBLEM_REJECT,
	"The file's encoding cannot be read"},
    [REFUSED_HEADER_ORDER] = {"header-order", PROBLEM_REJECT,
	"The columns are not in the order of the format"},
    [REFUSED_ATTRIBUTE_TYPE_UNKNOWN] = {"attribute-type-unknown",
	PROBLEM_REJECT, "A column has a type that does not exist"},
    [REFUSED_ATTRIBUTE_TYPE_CONFLICT] = {"attribute-type-conflict",
	PROBLEM_REJECT, "A column has another type than its attribute"},
    [REFUSED_UNTERMINATED_QUOTE] = {"unterminated-quote", PROBLEM_REJECT,
	"A quotation mark is not closed"},
    [NAME_MISSING] = {"name-missing", PROBLEM_REJECT, "No name"},
    [PHONE_MISSING] = {"phone-missing", PROBLEM_REJECT, "No phone number"},
    [EMAIL_MISSING] = {"email-missing", PROBLEM_REJECT, "No e-mail address"},
    [USER_ID_MISSING] = {"user-id-missing", PROBLEM_REJECT, "No user ID"},
    [COUNTRY_CODE_MISSING] = {"country-code-missing", PROBLEM_REJECT,
	"No country code"},
    [COUNTRY_CODE_FORMAT] = {"country-code-format", PROBLEM_REJECT,
	"Country code that is not digits only"},
    [COUNTRY_CODE_UNKNOWN] = {"country-code-unknown", PROBLEM_REJECT,
	"Country code that no country has"},
    [PHONE_FORMAT] = {"phone-format", PROBLEM_REJECT,
	"Phone number not written as the format asks"},
    [PHONE_INVALID] = {"phone-invalid", PROBLEM_REJECT,
	"Phone number that does not exist"},
    [EMAIL_INVALID] = {"email-invalid", PROBLEM_REJECT,
	"Text that is no e-mail address"},
    [CONTROL_CHARACTER] = {"control-character", PROBLEM_REJECT,
	"A cell with a NUL character"},
    [PHONE_LEFT_OUT] = {"phone-left-out", PROBLEM_WARNING,
	"Phone number that could not be read and was left out"},
    [NAME_NOT_LETTERS] = {"name-not-letters", PROBLEM_REJECT,
	"Name with other characters than letters"},
    [FIRST_MESSAGE_MULTIPLE] = {"first-message-multiple", PROBLEM_REJECT,
	"More than one first message"},
    [OPTED_NOT_BOOLEAN] = {"opted-not-boolean", PROBLEM_REJECT,
	"WhatsApp consent that is neither TRUE nor FALSE"},
    [VALUE_TYPE] = {"value-type", PROBLEM_REJECT,
	"Value that is not of its column's type"},
    [VALUE_TOO_LONG] = {"value-too-long", PROBLEM_REJECT,
	"Value that is too long"},
    [DUPLICATE_IN_FILE] = {"duplicate-in-file", PROBLEM_REJECT,
	"Same contact more than once in the file"},
    [AMBIGUOUS_MATCH] = {"ambiguous-match", PROBLEM_REJECT,
	"Several contacts of the book match"},
    [KEY_CONFLICT] = {"key-conflict", PROBLEM_REJECT,
	"Phone and e-mail belong to different contacts"},
    [TOO_MANY_CELLS] = {"too-many-cells", PROBLEM_REJECT,
	"More cells than the header has"},
    [SPREADSHEET_DAMAGE] = {"spreadsheet-damage", PROBLEM_REJECT,
	"Number that a spreadsheet has cut off"},
    [TAG_REJECTED] = {"tag-unknown", PROBLEM_REJECT,
	"Tag that the book does not have"},
    [ROW_LIMIT] = {"row-limit", PROBLEM_SKIP, "Over the format's row limit"},
    [ALREADY_THERE] = {"already-there", PROBLEM_SKIP, "Already in the book"},
    [NOT_THERE] = {"not-there", PROBLEM_SKIP, "Not in the book"},
    [IN_TRASH] = {"in-trash", PROBLEM_SKIP, "Contact in the trash"},
    [RESTORED_FROM_TRASH] = {"restored-from-trash", PROBLEM_WARNING,
	"Contact that came back from the trash"},
    [MERGED_CONTACT] = {"merged-contact", PROBLEM_WARNING,
	"Contact that was merged into another one"},
    [STATE_NOT_ALLOWED] = {"state-not-allowed", PROBLEM_WARNING,
	"State that may not follow the one the chat is in"},
    [OPT_OUT_TIME] = {"opt-out-time", PROBLEM_WARNING,
	"Time of an opt-out that could not be read"},
    [SUPPRESSED] = {"suppressed", PROBLEM_SKIP, "Asked not to be contacted"},
    [LEFT_OUT] = {"left-out", PROBLEM_SKIP, "Left out by hand"},
    [TAG_UNKNOWN] = {"tag-unknown", PROBLEM_WARNING,
	"Tag that the book does not have"},
    [TOO_FEW_CELLS] = {"too-few-cells", PROBLEM_WARNING,
	"Fewer cells than the header has"},
    [PHONE_UNKNOWN_RANGE] = {"phone-unknown-range", PROBLEM_WARNING,
	"Phone number of a range that is not known"},
    [STRAY_QUOTE] = {"stray-quote", PROBLEM_WARNING,
	"Quotation mark within a cell"},
    [OPT_OUT_KEPT] = {"opt-out-kept", PROBLEM_WARNING,
	"Opt-in that was not taken over: the contact has opted out"},
};

const char *problem_value(struct arena *a, const char *value)
{
	const char *p = value;
	const char *end = value + strlen(value);
	size_t shown = 0;

	while (p < end && shown++ < VALUE_SHOWN)
		(void)utf8_next(&p, end);
	char *text = arena_printf(
	    a, "%.*s%s", (int)(p - value), value, p < end ? "\u2026" : "");

	for (char *c = text; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7F)
			*c = ' ';
	return text;
}
