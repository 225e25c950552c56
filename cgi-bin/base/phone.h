/* phone.h: telephone numbers, by Google's libphonenumber */
/* SPDX-License-Identifier: MIT */
#ifndef BASE_PHONE_H
#define BASE_PHONE_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Longest E.164 text: '+', 15 digits, NUL; with room. */
#define PHONE_SIZE 20

enum phone_verdict {
	PHONE_VALID,	   /* of a known range of its country */
	PHONE_POSSIBLE,	   /* the length of a fixed or mobile number of its
			    * country, of a range that is not known */
	PHONE_NOT_POSSIBLE /* anything else */
};

/*
 * Reads a number as people write it. Without a leading '+' it is national of
 * `region` (ISO 3166 alpha-2), or international when it begins with that
 * country's way out (00, 011); region may be "" and then only a '+' makes a
 * number. e164 is written for VALID and POSSIBLE, "" otherwise. Extensions
 * and letters ("1800FLOWERS") make a number not possible, and so do two numbers
 * in one text, a spreadsheet's ".0" and anything over 60 bytes. Digits of any
 * script are digits; blanks, - . / ( ) [ ] and a leading ' are passed over.
 * Never throws.
 */
enum phone_verdict phone_parse(
    const char *text, const char *region, char e164[PHONE_SIZE]);

/*
 * A national number of digits only, of a calling code (91, 1, 44): no trunk
 * prefix is taken off, since the digits are said to be the whole number.
 */
enum phone_verdict phone_national(
    unsigned calling_code, const char *digits, char e164[PHONE_SIZE]);

/* True when some country (or shared service) has the calling code. */
bool phone_calling_code_exists(unsigned calling_code);
/* The calling code of a region; 0 when there is no such region. */
unsigned phone_calling_code(const char *region);
/* The main region of a calling code ("US" for 1, "001" for services); NULL
 * when no country has it. The string lives as long as the process. */
const char *phone_region_of_code(unsigned calling_code);

/* "+919876543210" as "+91 98765 43210"; a text that is no number is copied. */
void phone_pretty(const char *e164, char out[40]);

/* A mobile number of the region that is valid and nobody's, for samples and
 * tests. False when the region has none; e164 is then "". */
bool phone_example(const char *region, char e164[PHONE_SIZE]);

/* All regions, sorted, as an array that ends with NULL; static. */
const char *const *phone_regions(void);
/* All calling codes, ascending, ending with 0; static. */
const unsigned *phone_calling_codes(void);

#ifdef __cplusplus
}
#endif

#endif
