/* person_data_parts.h: what the parts of a person's data share */
/* SPDX-License-Identifier: MIT */
#ifndef PRIVACY_PERSON_DATA_PARTS_H
#define PRIVACY_PERSON_DATA_PARTS_H

#include "base/json.h"
#include "domain/privacy/person_data.h"

struct writing_data {
	struct db *db;
	struct arena arena; /* of a page */
	const struct person *person;
	struct person_keys *keys;
	int64_t until;	/* of the monotonic clock, for looking through files */
	uint64_t found; /* rows and events */
	struct str out;
	struct json_writer w;
	person_data_fn fn;
	void *arg;
	bool gone;
	struct err *err;
};

/* Hands on what there is, or (not all) once it is much. */
void person_data_flush(struct writing_data *x, bool all);
/* Begins a member that is a list. */
void person_data_begin(struct writing_data *x, const char *key);
/* Members that are null without a value: a moment, a number, a text. */
void person_data_time(struct json_writer *w, const char *key, int64_t ms);
void person_data_id(struct json_writer *w, const char *key, uint64_t n);
void person_data_word(struct json_writer *w, const char *key, const char *text);
/* JSON as it is; as a text when it is none. */
void person_data_raw(
    struct arena *a, struct json_writer *w, const char *key, const char *json);

/* "imports" and "files_not_searched". */
enum status person_data_put_imports(struct writing_data *x);
/* "deliveries": what outgoing webhooks were told. */
enum status person_data_put_deliveries(struct writing_data *x);
/* "events" of the webhook that nothing was done with. */
enum status person_data_put_events(struct writing_data *x);

#endif
