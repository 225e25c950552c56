/* contact_field.c: the built-in fields of a contact, in one table */
/* SPDX-License-Identifier: MIT */
#include "model/contact_field.h"

const struct contact_field_info contact_fields[FIELD_COUNT] = {
    [FIELD_PHONE] = {"phone", "Phone", GROUP_IDENTITY, 16, true},
    [FIELD_WA_USER_ID] = {"wa_user_id", "WhatsApp user id", GROUP_IDENTITY, 128,
	true},
    [FIELD_EMAIL] = {"email", "E-mail", GROUP_IDENTITY, 254, true},
    [FIELD_USER_ID] = {"user_id", "User ID", GROUP_IDENTITY, 128, true},
    [FIELD_USERNAME] = {"username", "Username", GROUP_IDENTITY, 128, false},
    [FIELD_NAME] = {"name", "Name", GROUP_NAME, 500, false},
    [FIELD_FIRST_NAME] = {"first_name", "First name", GROUP_NAME, 128, false},
    [FIELD_LAST_NAME] = {"last_name", "Last name", GROUP_NAME, 128, false},
    [FIELD_TITLE] = {"title", "Title", GROUP_NAME, 128, false},
    [FIELD_ACCOUNT] = {"account", "Account", GROUP_NAME, 255, false},
    [FIELD_ADDRESS] = {"address", "Address", GROUP_PLACE, 255, false},
    [FIELD_HOUSE_NUMBER] = {"house_number", "House number", GROUP_PLACE, 32,
	false},
    [FIELD_AREA] = {"area", "Area", GROUP_PLACE, 128, false},
    [FIELD_CITY] = {"city", "City", GROUP_PLACE, 128, false},
    [FIELD_COUNTRY] = {"country", "Country", GROUP_PLACE, 64, false},
    [FIELD_WHATSAPP_OPTED] = {"whatsapp_opted", "WhatsApp opted",
	GROUP_WHATSAPP, 7, false},
    [FIELD_WHATSAPP_OPTED_AT] = {"whatsapp_opted_at", "WhatsApp opted at",
	GROUP_WHATSAPP, 32, true},
    [FIELD_SOURCE] = {"source", "Source", GROUP_WHATSAPP, 128, false},
    [FIELD_FIRST_MESSAGE] = {"first_message", "First message", GROUP_WHATSAPP,
	128, false},
    [FIELD_STATE] = {"state", "State", GROUP_WHATSAPP, 32, false},
};
