/* suppression.c: keys of people who are not to come back by a file */
/* SPDX-License-Identifier: MIT */
#include "model/suppression.h"

const char *const suppression_kinds[SUPPRESSION_KINDS] = {
    [SUPPRESSION_PHONE] = "phone",
    [SUPPRESSION_EMAIL] = "email",
    [SUPPRESSION_USER_ID] = "user_id",
    [SUPPRESSION_WA_USER_ID] = "wa_user_id",
};

const char *const suppression_reasons[SUPPRESSION_REASONS] = {
    [SUPPRESSION_ERASED] = "erased",
    [SUPPRESSION_OPTED_OUT] = "opted_out",
};
