/* sniff.h: what kind of text a file is: encoding, delimiter, header */
/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_SNIFF_H
#define IMPORT_SNIFF_H

#include <stdbool.h>
#include <stddef.h>

#include "model/import.h"

struct sniffed {
	enum encoding encoding;
	size_t bom;	  /* bytes to leave out at the beginning */
	char delimiter;	  /* ',' ';' '\t' '|' */
	bool header;	  /* the first row looks like names, not values */
	bool text;	  /* false: a binary file (not-text), with `why` */
	bool unsupported; /* text, but in an encoding that is not read: refuse
			   * with `encoding` and `why` */
	const char *why;  /* what it is and what to do; static, "" if all is
			   * well */
};

/*
 * Looks at the first bytes of a file. Pure. `whole` says that these are all the
 * bytes of the file: the encoding is told from all that are given, delimiter
 * and header from the first 64 KiB. A "sep=;" line (Excel) decides
 * the delimiter and is not a row.
 */
void sniff_bytes(const char *bytes, size_t n, bool whole, struct sniffed *out);

/* How many digits, of any script, a text of digits and what people write
 * between them has; 0 when there is anything else. */
size_t sniff_digits(const char *text);
/* Of a phone number in a list that has other things too. */
#define LIST_DIGITS_MIN 6u

/* "utf-8", "utf-16le", "utf-16be", "windows-1252"; and back (any case). */
const char *encoding_name(enum encoding e);
bool encoding_find(const char *name, enum encoding *out);
/* ',' as "comma" and so on; and back, also from the character itself. */
const char *delimiter_name(char delimiter);
bool delimiter_find(const char *name, char *out);

#endif
