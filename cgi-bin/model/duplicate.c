/* duplicate.c: why two contacts may be one person */
/* SPDX-License-Identifier: MIT */
#include "model/duplicate.h"

const struct duplicate_reason_info duplicate_reasons[REASON_COUNT] = {
    {REASON_EMAIL, "email", "Same e-mail"},
    {REASON_USER_ID, "user_id", "Same user id"},
    {REASON_NUMBER, "number", "Same number, spelled differently"},
    {REASON_NAME, "name", "Same name and city"},
};
