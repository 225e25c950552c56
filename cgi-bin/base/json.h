/* json.h: reading JSON texts, and writing them */
/* SPDX-License-Identifier: MIT */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/*
 * Reading. json.c is the one file that includes jansson.h. A parsed value is
 * owned by the arena it was parsed into; everything got from it lives as long.
 * Objects keep the order of the text. Duplicate keys, depth over 64 and NUL
 * in strings are refused.
 */
struct json_t; /* jansson's own name for a value */

enum json_type {
	JSON_IS_NULL,
	JSON_IS_BOOL,
	JSON_IS_NUMBER,
	JSON_IS_STRING,
	JSON_IS_ARRAY,
	JSON_IS_OBJECT
};

/* STATUS_INVALID with the reason and position in e when it is no JSON. A text
 * may be any value, not only an object or array. */
enum status json_parse(struct arena *a, const char *text, size_t n,
    struct json_t **out, struct err *e);

/* The same for what others send, who may have numbers that no 64 bits hold:
 * all numbers of such a text are fractions then. */
enum status json_parse_lenient(struct arena *a, const char *text, size_t n,
    struct json_t **out, struct err *e);

/* Every function below takes NULL for a value that is not there, and it is
 * then of type null. */
enum json_type json_type_of(const struct json_t *v);
/* NULL when v is no object or has no such key. */
struct json_t *json_get(const struct json_t *v, const char *key);
/* NULL when v is no string (of the key). */
const char *json_text(const struct json_t *v);
const char *json_get_text(const struct json_t *v, const char *key);
/* false when it is not a whole number or boolean. */
bool json_int(const struct json_t *v, int64_t *out);
bool json_bool(const struct json_t *v, bool *out);
bool json_number(const struct json_t *v, double *out);
size_t json_count(const struct json_t *v); /* of an array or object, else 0 */
/* Of an array; NULL past its end. */
struct json_t *json_at(const struct json_t *v, size_t i);
/* Calls fn for each member of an object in order; stops when it gives false. */
void json_members(const struct json_t *v,
    bool (*fn)(void *arg, const char *key, struct json_t *value), void *arg);
/* The value as compact JSON text, in the arena. sort_keys: those of the value
 * itself, by bytes; objects inside keep their order. Fractions come with the
 * fewest digits that read back the same. */
char *json_dump(struct arena *a, const struct json_t *v, bool sort_keys);

/*
 * Writing: appends to a str. Commas are put where they belong:
 *
 *	struct json_writer w;
 *	json_writer_init(&w, &out);
 *	json_open(&w, '{');
 *	json_key(&w, "id");
 *	json_put_int(&w, 7);
 *	json_close(&w, '}');
 */
struct json_writer {
	struct str *out;
	bool comma; /* the next value needs one before it */
};

void json_writer_init(struct json_writer *w, struct str *out);
void json_open(struct json_writer *w, char bracket);
void json_close(struct json_writer *w, char bracket);
void json_key(struct json_writer *w, const char *key);
/* NULL is written as null. Bytes that are not UTF-8 become U+FFFD. */
void json_put_text(struct json_writer *w, const char *z);
void json_put_int(struct json_writer *w, int64_t v);
void json_put_bool(struct json_writer *w, bool v);
void json_put_null(struct json_writer *w);
/* A piece of JSON text as it is. */
void json_put_raw(struct json_writer *w, const char *json);
/* key and value in one. */
void json_pair_text(struct json_writer *w, const char *key, const char *z);
void json_pair_int(struct json_writer *w, const char *key, int64_t v);
void json_pair_bool(struct json_writer *w, const char *key, bool v);

/* Appends z as a JSON string with its quotes. */
void json_quote(struct str *out, const char *z);
/* The text of an object of the writer's whose str may have been full: itself
 * when it is whole, else with the members that are, in the arena. */
const char *json_whole(struct arena *a, const char *object);

#endif
