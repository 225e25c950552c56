/* import_correct.h: corrections of a file, on the review page and elsewhere */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_PARTS_IMPORT_CORRECT_H
#define WEB_PARTS_IMPORT_CORRECT_H

#include "domain/import/correct.h"
#include "web/parts/import_rows_view.h"
#include "web/parts/import_view.h"

/*
 * The forms of the review page, by their field `act`:
 * - fix: cell-ROW-COLUMN new texts of cells, out-ROW rows to leave out; a cell
 *   that still has its text is no correction.
 * - value: column, and old-0, new-0, old-1 ...: texts of it to be replaced
 *   everywhere; remember: in next files as well.
 * - back, forget: number, of a correction that is taken back.
 * Answers 303 to the review page with the rows concerned in `tried`, or fills
 * the messages and gives INVALID.
 */
bool import_is_correction(const struct request *rq);
enum status import_correct(struct request *rq, struct response *rs,
    const struct import_plan *p, struct err *e);

/* Groups: for each code that keeps rows out, with values that can be corrected
 * everywhere, {Code, Title, Columns of {Column, Name, Values of {Value, Rows}},
 * More}. */
enum status import_fill_values(
    struct request *rq, struct node *root, struct import_id id, struct err *e);

/* The corrections of an import, for its pages: Fixes of {Number, Row, Column,
 * Old, New, Out, Value, Recalled, Remembered, Cells, Member, At}, FixesMore. */
enum status import_fill_fixes(struct request *rq, struct node *root,
    const struct import_plan *p, struct err *e);

/* The rows named by the parameter `tried`, checked with the corrections as they
 * are now: Tried, like Rows. */
enum status import_fill_tried(struct request *rq, struct node *root,
    const struct import_plan *p, struct err *e);

#endif
