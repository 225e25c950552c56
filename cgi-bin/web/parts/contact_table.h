/* contact_table.h: contacts as a table with the columns that were chosen */
/* SPDX-License-Identifier: MIT */
#ifndef WEB_PARTS_CONTACT_TABLE_H
#define WEB_PARTS_CONTACT_TABLE_H

#include "domain/contact/contact_columns.h"
#include "domain/contact/contact_list.h"
#include "web/request.h"
#include "web/view.h"

/* The columns that a page shows: those of the address, else those that the
 * member has chosen. There is always one with text in it, which leads to the
 * contact. */
enum status contact_table_columns(struct request *rq,
    const struct contact_filter *f, struct column_list *out, struct err *e);

/*
 * Fills, for _contact_table.cs: Columns.N {I, Label, Path (sorted by it), Sort
 * ("ascending", "descending" or nothing), Head (leads to the contact) and a
 * flag of its kind: Text, Time, Moment, Name, Phone, Tags, Status, State}, and
 * Contacts.N {Id, Title, Cells.I}.
 */
void contact_table_fill(struct arena *a, struct node *root,
    const struct contact_filter *f, const struct column_list *columns,
    const struct contact_list *list);

#endif
