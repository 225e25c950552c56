/* person.h: whom a number, an address or an id belongs to */
/* SPDX-License-Identifier: MIT */
#ifndef PRIVACY_PERSON_H
#define PRIVACY_PERSON_H

#include "domain/privacy/person_keys.h"
#include "model/contact.h"
#include "storage/db.h"
#include "storage/person_store.h"

/* What somebody asks by. */
enum person_by {
	PERSON_BY_PHONE,
	PERSON_BY_EMAIL,
	PERSON_BY_USER_ID,
	PERSON_BY_WA_USER_ID,
	PERSON_BY_USERNAME, /* of WhatsApp; no key: several can have it */
	PERSON_BY_ID,	    /* the number of the contact */
	PERSON_BYS
};
extern const char *const person_bys[PERSON_BYS]; /* names of parameters */

/* One person: the contact that stands for them, and those that were merged
 * into it. */
struct person {
	struct contact contact; /* without tags */
	struct id_list ids;	/* of all, this one first */
};

/* What a question came to. */
struct person_found {
	struct person *people; /* in the arena */
	size_t count;
	const char *value;   /* as contacts keep it; "" when it can be none */
	const char *message; /* INVALID: what is wrong with it */
};

/*
 * Everybody whom the value belongs to, in the trash and merged away too: a
 * number in any spelling (without country code of the book's country, or of
 * any in which somebody of the book has it), an e-mail address in any case, an
 * id. OK with nobody, one or several people; INVALID for a value that is none.
 */
enum status person_find(struct db *db, struct arena *a, enum person_by by,
    const char *value, struct person_found *out, struct err *e);

/* Contacts that had a value before, which nobody has now; at most 20, each as
 * the person that it is of now. Looks through all earlier versions. */
enum status person_find_former(struct db *db, struct arena *a,
    enum person_by by, const char *value, struct person_found *out,
    struct err *e);

/* Adds what the person is known by now and was known by, and the rows of
 * files. */
enum status person_collect(struct db *db, struct arena *a,
    const struct person *p, struct person_keys *out, struct err *e);

/* Leaves the keys that nobody else has now, and the e-mail address that the
 * person has, which several people can share. */
enum status person_keys_own(struct db *db, struct arena *a,
    const struct person *p, struct person_keys *k, struct err *e);

/* The kind of key that somebody asks by; false for the number of a contact. */
bool person_by_kind(enum person_by by, enum suppression_kind *out);

#endif
