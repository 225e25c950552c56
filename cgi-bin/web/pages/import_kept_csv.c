/* import_kept_csv.c: what the undo of an import left as it is, as a file */
/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "base/log.h"
#include "domain/contact/contact_message.h"
#include "domain/export/csv_guard.h"
#include "domain/import/import_audit.h"
#include "storage/job_store.h"
#include "web/parts/import_view.h"
#include "web/parts/undo_view.h"
#include "web/routes.h"

#define PIECE 1000u
#define LINE_MAX (1u << 16)

static void send_row(
    struct response *rs, struct str *line, const struct job_kept *k)
{
	str_reset(line);
	str_printf(line, "%" PRIu64 ",", k->contact);
	csv_put_cell(line, contact_key_label(k->field));
	str_addc(line, ',');
	csv_put_cell(line, k->reason);
	str_addz(line, "\r\n");
	response_write(rs, str_text(line), line->len);
}

static enum status send_rows(
    struct request *rq, struct response *rs, struct job_id job, struct err *e)
{
	struct str line, field;
	struct arena a;
	struct job_kept *rows;
	uint64_t contact = 0;
	size_t count = PIECE;
	enum status st = STATUS_OK;

	arena_init(&a);
	str_init(&line, LINE_MAX);
	str_init(&field, LINE_MAX);
	while (st == STATUS_OK && !rs->gone && count == PIECE) {
		arena_reset(&a);
		st = job_store_kept_from(rq->db, &a, job, contact,
		    str_text(&field), PIECE, &rows, &count, e);
		if (st != STATUS_OK || !count)
			break;
		for (size_t i = 0; i < count; i++)
			send_row(rs, &line, &rows[i]);
		contact = rows[count - 1].contact;
		str_reset(&field);
		str_addz(&field, rows[count - 1].field);
	}
	str_release(&field);
	str_release(&line);
	arena_release(&a);
	return st;
}

enum status page_import_kept_csv(
    struct request *rq, struct response *rs, struct err *e)
{
	static const char head[] = "Contact,Field,Why it was kept\r\n";
	struct import_row row;
	struct job job;
	enum status st = import_row_load(rq, &row, e);

	if (st == STATUS_OK)
		st = undo_view_load(rq, row.head.id, &job, e);
	const char *name =
	    arena_printf(rq->arena, "import-%" PRIu64 "-kept.csv", rq->path_id);

	if (st == STATUS_OK && !rq->head)
		st = import_audit(rq->db, &rq->actor, "import.downloaded",
		    row.head.id, name, e);
	if (st != STATUS_OK)
		return st;
	response_begin(rq, rs, "text/csv", name);
	if (rq->head)
		return STATUS_OK;
	response_write(rs, head, sizeof(head) - 1);
	st = send_rows(rq, rs, job.id, e);
	if (st != STATUS_OK)
		log_err("what an undo kept", st, e);
	return STATUS_OK;
}
