/* import_check.h: what the check of a file found, as pages show it */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_PARTS_IMPORT_CHECK_H
#define WEB_PARTS_IMPORT_CHECK_H

#include "web/parts/import_view.h"

/* The heading of a group of findings; static, or the code. */
const char *import_problem_title(const char *code, enum problem_level level);

/* The findings of an import by code: Problems and Warnings, each of {Code,
 * Title, Count, Skip}. */
enum status import_fill_problems(
    struct request *rq, struct node *root, struct import_id id, struct err *e);

/*
 * Rules that would let rows in error get in: Repairs of {Rule, Value, Text,
 * Button, Count, Examples of {Text}}. Only those that some rows failed on.
 */
enum status import_fill_repairs(struct request *rq, struct node *root,
    const struct import_plan *p, struct err *e);

/* How a finished import came out otherwise than its check said: Differences of
 * {Label, Detail, Checked, Now}: its outcomes, findings and (Detail) in how
 * many rows a field changed. Nothing when it did not, or was not checked. */
enum status import_fill_differences(struct request *rq, struct node *root,
    const struct import *im, struct err *e);

#endif
