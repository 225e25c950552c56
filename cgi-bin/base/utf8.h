/* utf8.h: text in UTF-8, and what Unicode says of it */
/* SPDX-License-Identifier: MIT */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* The one file that includes utf8proc.h. Strings are given by pointer and
 * length unless they are C strings. */

/* True when all n bytes are well-formed UTF-8 without NUL. When not, *where
 * (if not NULL) is the offset of the first byte that is not. Overlong forms
 * and surrogates are malformed. */
bool utf8_valid(const char *p, size_t n, size_t *where);

/* Reads the code point at *p (before end) and moves *p on; -1 at a malformed
 * byte, which is then skipped. */
int32_t utf8_next(const char **p, const char *end);

/* How many code points a well-formed C string has. */
size_t utf8_length(const char *z);

/* Takes white space of any script, BOM and zero-width space off both ends:
 * *p and *n are narrowed. */
void utf8_trim(const char **p, size_t *n);

/* A letter of any script, or a combining mark (formats.md I4); digits of any
 * script are neither. */
bool utf8_is_letter(int32_t c);
bool utf8_is_mark(int32_t c);
bool utf8_is_digit(int32_t c);
/* What a decimal digit of any script stands for, 0 to 9; -1 for anything
 * else. */
int utf8_digit_value(int32_t c);
/* White space of any script. */
bool utf8_is_space(int32_t c);

/* NFC with case folded, white space runs made one blank and taken off the
 * ends: for comparing tags, headers and names. In the arena. Malformed input
 * comes back as is. */
char *utf8_fold(struct arena *a, const char *z);

/* The same without accents and other marks: "Zoë" is "zoe". */
char *utf8_fold_bare(struct arena *a, const char *z);

/* The words of a text with a blank between, for comparing what people type:
 * case, width and the accents of alphabets do not count, and what is neither
 * letter nor digit (punctuation, emoji) only parts words. The vowel signs of
 * Indian and other scripts stay, since there they are letters; digits become
 * ASCII's. "" when there is no word, or the text is malformed. In the arena. */
char *utf8_words(struct arena *a, const char *z);

/* Canonical composition; in the arena. */
char *utf8_nfc(struct arena *a, const char *z);

#endif
