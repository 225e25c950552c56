/* import_rows_view.h: rows of an import's file, as pages show and filter them
 */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_PARTS_IMPORT_ROWS_VIEW_H
#define WEB_PARTS_IMPORT_ROWS_VIEW_H

#include "base/json.h"
#include "domain/import/rows.h"
#include "web/parts/import_view.h"

/* The filter of a page's query string: outcome, code, field, row, after. What
 * cannot be read is not asked for. */
void import_rows_filter(const struct request *rq, struct row_filter *out);

/* What the list is shown with. */
struct import_rows_page {
	const char *path;	  /* of the page: "/imports/7/rows" */
	struct row_filter filter; /* as asked for */
	bool edit;		  /* rows in error have their cells as fields */
};

/*
 * Fills what _import_rows.cs shows: Outcomes, Fields (of the changes; also
 * elsewhere on the page: {Label, Count, Path, Chosen}), RowHeads, Rows, the
 * pager, ThisPath.
 */
enum status import_rows_fill(struct request *rq, struct node *root,
    const struct import_plan *p, const struct import_rows_page *page,
    struct err *e);

/* The heads of the table's columns, RowHeads; import_rows_fill() has them only
 * without `edit`: a page with fields may have two such tables. */
void import_rows_heads(struct node *root, const struct import_plan *p);

/* One row as a node like one of Rows. edit: cells in error are fields, with
 * all_cells the others too; they show what was just sent, if anything was. */
void import_row_fill(struct request *rq, struct node *n,
    const struct import_plan *p, const struct file_row *row, bool edit,
    bool all_cells);

/* A row as the API shows it. */
void import_put_row(struct json_writer *w, const struct import_plan *p,
    const struct file_row *row);

/* "created": "new". */
const char *import_outcome_label(enum outcome o);

#endif
