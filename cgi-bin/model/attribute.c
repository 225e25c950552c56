/* attribute.c: the keys of the attribute types */
/* SPDX-License-Identifier: MIT */
#include "model/attribute.h"

const char *const attribute_type_keys[TYPE_COUNT] = {
    [TYPE_TEXT] = "TEXT",
    [TYPE_NUMBER] = "NUMBER",
    [TYPE_DATE] = "DATE",
    [TYPE_TIME] = "TIME",
    [TYPE_DATETIME] = "DATETIME",
    [TYPE_BOOLEAN] = "BOOLEAN",
    [TYPE_ARRAY] = "ARRAY",
    [TYPE_OBJECT] = "OBJECT",
    [TYPE_LOCATION] = "LOCATION",
};
