/* contact_field.h: the built-in fields of a contact, in one table */
/* SPDX-License-Identifier: MIT */
#ifndef MODEL_CONTACT_FIELD_H
#define MODEL_CONTACT_FIELD_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The fields that a person or a file can fill (formats.md section 1, keys of
 * fields). Their order is that of forms and exports. Tags and attributes have
 * tables of their own.
 */
enum contact_field {
	FIELD_PHONE,
	FIELD_WA_USER_ID,
	FIELD_EMAIL,
	FIELD_USER_ID,
	FIELD_USERNAME,
	FIELD_NAME,
	FIELD_FIRST_NAME,
	FIELD_LAST_NAME,
	FIELD_TITLE,
	FIELD_ACCOUNT,
	FIELD_ADDRESS,
	FIELD_HOUSE_NUMBER,
	FIELD_AREA,
	FIELD_CITY,
	FIELD_COUNTRY,
	FIELD_WHATSAPP_OPTED,	 /* "yes", "no", "" for unknown */
	FIELD_WHATSAPP_OPTED_AT, /* "2022-10-31T14:00:00.000Z" or "" */
	FIELD_SOURCE,
	FIELD_FIRST_MESSAGE,
	FIELD_STATE, /* a key of contact_states, or "" */
	FIELD_COUNT
};

enum field_group {
	GROUP_IDENTITY,
	GROUP_NAME,
	GROUP_PLACE,
	GROUP_WHATSAPP
};

struct contact_field_info {
	const char *key;   /* in SQL, JSON, forms, mappings and filters */
	const char *label; /* for a person */
	enum field_group group;
	size_t max_length; /* code points that the column holds */
	bool nullable;	   /* an empty value is NULL in SQL, null in JSON */
};

extern const struct contact_field_info contact_fields[FIELD_COUNT];

#endif
