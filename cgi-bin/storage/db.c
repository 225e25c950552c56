/* db.c: one connection to MariaDB, prepared statements, transactions */
/* SPDX-License-Identifier: MIT */
/*
 * Statements are kept in a list by the address of their text and prepared when
 * they are first run on a connection. A lost connection drops the prepared
 * handles (auto-reconnect stays off: it would silently lose the session's
 * settings and locks); `generation` tells a handle of an earlier connection.
 */
#include "storage/db.h"

#include <errmsg.h>
#include <mysql.h>
#include <mysqld_error.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "storage/failpoint.h"

#define PARAMS_MAX 4096
#define CELL_SIZE 256u
#define BUSY_MS 1000

struct cell {
	char *data; /* room bytes */
	unsigned long room;
	unsigned long length;
	my_bool null;
	my_bool cut; /* longer than room: to be fetched again */
	int64_t number;
	MYSQL_TIME time;
};

struct db_query {
	struct db *db;
	struct db_query *next; /* of the connection's list */
	const char *sql;
	bool once;	/* freed by db_done */
	bool streaming; /* rows are not kept by the client */
	bool grown;	/* a cell has more room than its binding knows */
	bool open;	/* has a result that is not freed */
	MYSQL_STMT *stmt;
	unsigned generation; /* of the connection that prepared it */
	struct arena memory; /* of the parameters */
	MYSQL_BIND *params;
	unsigned param_count;
	unsigned param_room;
	MYSQL_BIND *binds; /* of the result's columns */
	struct cell *cells;
	unsigned cell_count;
	unsigned at; /* the next column to get */
	uint64_t changed;
	uint64_t last_id;
};

struct db {
	const struct conf *conf;
	bool admin;
	MYSQL *my; /* NULL when not connected */
	unsigned generation;
	bool in_transaction;
	struct db_query *queries;
};

struct db *db_new(const struct conf *c, bool admin)
{
	struct db *db = xcalloc(1, sizeof(*db));

	db->conf = c;
	db->admin = admin;
	return db;
}

const char *db_privacy_key(const struct db *db)
{
	return str_or_empty(db->conf->privacy_key);
}

static void query_close(struct db_query *q)
{
	if (q->stmt)
		mysql_stmt_close(q->stmt);
	q->stmt = NULL;
	q->open = false;
}

static void disconnect(struct db *db)
{
	for (struct db_query *q = db->queries; q; q = q->next)
		query_close(q);
	if (db->my)
		mysql_close(db->my);
	db->my = NULL;
	db->in_transaction = false;
}

static void query_free(struct db_query *q)
{
	query_close(q);
	arena_release(&q->memory);
	for (unsigned i = 0; i < q->cell_count; i++)
		free(q->cells[i].data);
	free(q->cells);
	free(q->binds);
	free(q->params);
	free(q);
}

void db_free(struct db *db)
{
	if (!db)
		return;
	disconnect(db);
	while (db->queries) {
		struct db_query *q = db->queries;

		db->queries = q->next;
		query_free(q);
	}
	free(db);
}

/* In the server's own words. */
static bool says_disk_full(const char *text)
{
	return strstr(text, "rror 28 ") || strstr(text, "rrcode: 28") ||
	       strstr(text, "No space left on device");
}

/* What an error number of MariaDB means to the caller. */
static enum status status_of(unsigned number, const char *text)
{
	switch (number) {
	case ER_DISK_FULL:
	case ER_RECORD_FILE_FULL: /* a table that can grow no more */
		return STATUS_FULL;
	case ER_DUP_ENTRY:
		return STATUS_CONFLICT;
	case ER_LOCK_DEADLOCK:
	case ER_LOCK_WAIT_TIMEOUT:
	case ER_UNKNOWN_COM_ERROR: /* 1047: a node that is not ready */
	case ER_CHECKREAD:
		return STATUS_BUSY;
	case ER_STATEMENT_TIMEOUT: /* max_statement_time */
		return STATUS_TOO_LARGE;
	case CR_SERVER_GONE_ERROR:
	case CR_SERVER_LOST:
	case CR_CONNECTION_ERROR:
	case CR_CONN_HOST_ERROR:
	case ER_SERVER_SHUTDOWN:
	case ER_CONNECTION_KILLED:
	case ER_NORMAL_SHUTDOWN:
	case ER_CON_COUNT_ERROR:
		return STATUS_LOST;
	default:
		return says_disk_full(text) ? STATUS_FULL : STATUS_FAILED;
	}
}

static enum status failure(
    struct db *db, unsigned number, const char *text, struct err *e)
{
	enum status st = status_of(number, text);

	ERR(e, st, "%s (%u)", text, number);
	if (st == STATUS_LOST)
		disconnect(db);
	return st;
}

/* What a test wants to happen in place of the next request. */
static enum status planned_failure(struct db *db, struct err *e)
{
	unsigned number = failpoint_error();

	return number ? failure(db, number, "planned", e) : STATUS_OK;
}

static enum status connection_failure(struct db *db, struct err *e)
{
	char text[400];

	snprintf(text, sizeof(text), "%s", mysql_error(db->my));
	return failure(db, mysql_errno(db->my), text, e);
}

static MYSQL *log_in(struct db *db, MYSQL *my)
{
	const struct conf *c = db->conf;
	bool remote = !str_empty(c->db_host);
	const struct passwd *me = db->admin ? getpwuid(geteuid()) : NULL;
	/* The library would ask for who has logged in, which after su is
	 * another. */
	const char *user = me ? me->pw_name : c->db_user;
	const char *password = db->admin ? NULL : c->db_password;

	if (db->admin && remote) {
		user = getenv("RUBRICA_DB_ADMIN_USER");
		password = getenv("RUBRICA_DB_ADMIN_PASSWORD");
	}
	return mysql_real_connect(my, remote ? c->db_host : NULL, user,
	    password, NULL, remote ? c->db_port : 0,
	    remote ? NULL : c->db_socket, CLIENT_FOUND_ROWS);
}

static enum status use_database(struct db *db, struct err *e)
{
	if (mysql_select_db(db->my, db->conf->db_name) == 0)
		return STATUS_OK;
	if (db->admin && mysql_errno(db->my) == ER_BAD_DB_ERROR)
		return STATUS_OK; /* set-up is about to create it */
	return connection_failure(db, e);
}

/* A transaction whose process hangs must not hold its locks, among them an
 * import's, for longer than the import's lease. */
static enum status set_session(struct db *db, struct err *e)
{
	unsigned idle = db->conf->lease_ms / 1000;
	char sql[400];

	snprintf(sql, sizeof(sql),
	    "SET idle_transaction_timeout = %u, time_zone = '+00:00',"
	    " sql_mode = 'STRICT_TRANS_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,"
	    "ERROR_FOR_DIVISION_BY_ZERO',"
	    " in_predicate_conversion_threshold = 0",
	    idle ? idle : 1);
	if (mysql_query(db->my, sql) != 0)
		return connection_failure(db, e);
	return STATUS_OK;
}

enum status db_connect(struct db *db, struct err *e)
{
	unsigned seconds = 10;
	enum status st;

	disconnect(db);
	MYSQL *my = mysql_init(NULL);

	if (!my)
		log_fatal("out of memory");
	mysql_options(my, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	mysql_options(my, MYSQL_OPT_CONNECT_TIMEOUT, &seconds);
	db->my = my;
	db->generation++;
	if (!log_in(db, my)) {
		ERR(e, STATUS_LOST, "connecting: %s", mysql_error(my));
		disconnect(db);
		return STATUS_LOST;
	}
	st = set_session(db, e);
	return st == STATUS_OK ? use_database(db, e) : st;
}

static enum status ensure_connected(struct db *db, struct err *e)
{
	return db->my ? STATUS_OK : db_connect(db, e);
}

/* --- building a query --- */

static struct db_query *query_new(struct db *db, const char *sql)
{
	struct db_query *q = xcalloc(1, sizeof(*q));

	q->db = db;
	q->sql = sql;
	q->next = db->queries;
	db->queries = q;
	arena_init(&q->memory);
	return q;
}

static struct db_query *query_begin(struct db_query *q)
{
	db_done(q);
	q->param_count = 0;
	q->streaming = false;
	arena_reset(&q->memory);
	return q;
}

struct db_query *db_query(struct db *db, const char *sql)
{
	for (struct db_query *q = db->queries; q; q = q->next)
		if (q->sql == sql && !q->once)
			return query_begin(q);
	return query_new(db, sql);
}

struct db_query *db_query_once(struct db *db, const char *sql)
{
	struct db_query *q = query_new(db, sql);

	q->once = true;
	return q;
}

static MYSQL_BIND *next_param(struct db_query *q, enum enum_field_types type)
{
	if (q->param_count == PARAMS_MAX)
		log_fatal("too many parameters: %s", q->sql);
	if (q->param_count == q->param_room) {
		q->param_room = q->param_room ? q->param_room * 2 : 16;
		q->params =
		    xrealloc(q->params, q->param_room * sizeof(*q->params));
	}
	MYSQL_BIND *b = &q->params[q->param_count++];

	memset(b, 0, sizeof(*b));
	b->buffer_type = type;
	return b;
}

void db_put_u64(struct db_query *q, uint64_t v)
{
	MYSQL_BIND *b = next_param(q, MYSQL_TYPE_LONGLONG);

	b->buffer = arena_memdup(&q->memory, &v, sizeof(v));
	b->is_unsigned = 1;
}

void db_put_i64(struct db_query *q, int64_t v)
{
	MYSQL_BIND *b = next_param(q, MYSQL_TYPE_LONGLONG);

	b->buffer = arena_memdup(&q->memory, &v, sizeof(v));
}

void db_put_null(struct db_query *q)
{
	next_param(q, MYSQL_TYPE_NULL);
}

void db_put_id(struct db_query *q, uint64_t v)
{
	if (v)
		db_put_u64(q, v);
	else
		db_put_null(q);
}

void db_put_bool(struct db_query *q, bool v)
{
	db_put_u64(q, v);
}

static void put_bytes(
    struct db_query *q, enum enum_field_types type, const void *p, size_t n)
{
	MYSQL_BIND *b = next_param(q, type);

	b->buffer = arena_memdup(&q->memory, p, n);
	b->buffer_length = n;
	b->length_value = n;
}

void db_put_text(struct db_query *q, const char *z)
{
	if (z)
		put_bytes(q, MYSQL_TYPE_STRING, z, strlen(z));
	else
		db_put_null(q);
}

void db_put_text_or_null(struct db_query *q, const char *z)
{
	db_put_text(q, str_empty(z) ? NULL : z);
}

void db_put_blob(struct db_query *q, const void *p, size_t n)
{
	put_bytes(q, MYSQL_TYPE_BLOB, p, n);
}

void db_put_time(struct db_query *q, int64_t ms)
{
	char text[32];

	if (!ms) {
		db_put_null(q);
		return;
	}
	clock_format(ms, text);
	text[10] = ' ';
	put_bytes(q, MYSQL_TYPE_STRING, text, 23);
}

void db_stream(struct db_query *q)
{
	q->streaming = true;
}

/* --- running it --- */

static enum status stmt_failure(struct db_query *q, struct err *e)
{
	char text[400];
	unsigned number = mysql_stmt_errno(q->stmt);

	snprintf(text, sizeof(text), "%s: %.200s", mysql_stmt_error(q->stmt),
	    q->sql);
	return failure(q->db, number, text, e);
}

static enum status prepare(struct db_query *q, struct err *e)
{
	enum status st = ensure_connected(q->db, e);

	if (st == STATUS_OK)
		st = planned_failure(q->db, e);
	if (st != STATUS_OK || (q->stmt && q->generation == q->db->generation))
		return st;
	query_close(q);
	q->stmt = mysql_stmt_init(q->db->my);
	if (!q->stmt)
		log_fatal("out of memory");
	q->generation = q->db->generation;
	if (mysql_stmt_prepare(q->stmt, q->sql, strlen(q->sql)) != 0) {
		st = stmt_failure(q, e);
		query_close(q);
	}
	return st;
}

static void bind_cell(MYSQL_BIND *b, struct cell *c, const MYSQL_FIELD *f)
{
	b->is_null = &c->null;
	b->error = &c->cut;
	b->length = &c->length;
	switch ((int)f->type) {
	case MYSQL_TYPE_TINY:
	case MYSQL_TYPE_SHORT:
	case MYSQL_TYPE_INT24:
	case MYSQL_TYPE_LONG:
	case MYSQL_TYPE_LONGLONG:
	case MYSQL_TYPE_YEAR:
		b->buffer_type = MYSQL_TYPE_LONGLONG;
		b->buffer = &c->number;
		b->is_unsigned = (f->flags & UNSIGNED_FLAG) != 0;
		break;
	case MYSQL_TYPE_DATETIME:
	case MYSQL_TYPE_TIMESTAMP:
	case MYSQL_TYPE_DATE:
		b->buffer_type = MYSQL_TYPE_DATETIME;
		b->buffer = &c->time;
		break;
	default:
		b->buffer_type = MYSQL_TYPE_STRING;
		if (!c->data) {
			c->room = CELL_SIZE;
			c->data = xmalloc(c->room + 1);
		}
		b->buffer = c->data;
		b->buffer_length = c->room;
		break;
	}
}

static enum status bind_result(struct db_query *q, struct err *e)
{
	unsigned n = mysql_stmt_field_count(q->stmt);

	if (n != q->cell_count) {
		for (unsigned i = 0; i < q->cell_count; i++)
			free(q->cells[i].data);
		free(q->cells);
		free(q->binds);
		q->cells = xcalloc(n, sizeof(*q->cells));
		q->binds = xcalloc(n, sizeof(*q->binds));
		q->cell_count = n;
	}
	MYSQL_RES *meta = mysql_stmt_result_metadata(q->stmt);

	if (!meta)
		return stmt_failure(q, e);
	memset(q->binds, 0, n * sizeof(*q->binds));
	for (unsigned i = 0; i < n; i++)
		bind_cell(&q->binds[i], &q->cells[i],
		    mysql_fetch_field_direct(meta, i));
	mysql_free_result(meta);
	q->open = true;
	if (mysql_stmt_bind_result(q->stmt, q->binds))
		return stmt_failure(q, e);
	if (!q->streaming && mysql_stmt_store_result(q->stmt))
		return stmt_failure(q, e);
	return STATUS_OK;
}

static enum status execute(struct db_query *q, struct err *e)
{
	enum status st = prepare(q, e);
	const unsigned one_row = 0; /* also where db_bulk ran the text before */

	if (st != STATUS_OK)
		return st;
	mysql_stmt_attr_set(q->stmt, STMT_ATTR_ARRAY_SIZE, &one_row);
	if (mysql_stmt_param_count(q->stmt) != q->param_count)
		return ERR(e, STATUS_FAILED, "%u parameters for: %.200s",
		    q->param_count, q->sql);
	if (q->param_count && mysql_stmt_bind_param(q->stmt, q->params))
		return stmt_failure(q, e);
	failpoint_pass();
	if (mysql_stmt_execute(q->stmt))
		return stmt_failure(q, e);
	failpoint_pass();
	q->changed = mysql_stmt_affected_rows(q->stmt);
	q->last_id = mysql_stmt_insert_id(q->stmt);
	q->at = 0;
	return mysql_stmt_field_count(q->stmt) ? bind_result(q, e) : STATUS_OK;
}

enum status db_run(struct db_query *q, struct err *e)
{
	int64_t end = clock_monotonic() + BUSY_MS;
	bool alone = !q->db->in_transaction;
	enum status st = execute(q, e);

	/* A statement that is a transaction of its own, and was the victim of
	 * a deadlock, has left nothing behind. */
	for (int i = 0; alone && st == STATUS_BUSY && clock_monotonic() < end;
	     i++) {
		clock_sleep((5 << i) + clock_now() % 7);
		st = execute(q, e);
	}
	/* A server that was restarted since the last request: reading again
	 * does no harm. */
	if (st == STATUS_LOST && alone && str_starts(q->sql, "SELECT"))
		st = execute(q, e);
	return st;
}

enum status db_next(struct db_query *q, struct err *e)
{
	if (!q->stmt || !q->open)
		return STATUS_NOT_FOUND;
	q->at = 0;
	/* Binding anew forgets the row at hand, so it waits for the next. */
	if (q->grown && mysql_stmt_bind_result(q->stmt, q->binds))
		return stmt_failure(q, e);
	q->grown = false;
	int rc = mysql_stmt_fetch(q->stmt);

	if (rc == MYSQL_NO_DATA)
		return STATUS_NOT_FOUND;
	if (rc == 1)
		return stmt_failure(q, e);
	return STATUS_OK;
}

void db_done(struct db_query *q)
{
	if (q->stmt && q->open)
		mysql_stmt_free_result(q->stmt);
	q->open = false;
	if (!q->once)
		return;
	for (struct db_query **p = &q->db->queries; *p; p = &(*p)->next)
		if (*p == q) {
			*p = q->next;
			break;
		}
	query_free(q);
}

uint64_t db_changed(const struct db_query *q)
{
	return q->changed;
}

uint64_t db_last_id(const struct db_query *q)
{
	return q->last_id;
}

/* --- reading a row --- */

static struct cell *next_cell(struct db_query *q, MYSQL_BIND **b)
{
	if (q->at >= q->cell_count)
		log_fatal("column %u of: %s", q->at, q->sql);
	*b = &q->binds[q->at];
	return &q->cells[q->at++];
}

/* Fetches a text again that was longer than its room. */
static void grow(struct db_query *q, struct cell *c, MYSQL_BIND *b)
{
	c->room = c->length;
	c->data = xrealloc(c->data, c->room + 1);
	b->buffer = c->data;
	b->buffer_length = c->room;
	MYSQL_BIND again = *b;

	mysql_stmt_fetch_column(q->stmt, &again, q->at - 1, 0);
	q->grown = true;
}

const char *db_peek_text(struct db_query *q, size_t *n)
{
	MYSQL_BIND *b;
	struct cell *c = next_cell(q, &b);

	*n = 0;
	if (c->null)
		return NULL;
	if (b->buffer_type != MYSQL_TYPE_STRING)
		log_fatal("column %u is no text: %s", q->at, q->sql);
	if (c->length > c->room)
		grow(q, c, b);
	c->data[c->length] = '\0';
	*n = c->length;
	return c->data;
}

const char *db_get_text(struct db_query *q, struct arena *a)
{
	size_t n;
	const char *p = db_peek_text(q, &n);

	return p ? arena_strndup(a, p, n) : "";
}

const void *db_get_blob(struct db_query *q, struct arena *a, size_t *n)
{
	const char *p = db_peek_text(q, n);

	return arena_strndup(a, p ? p : "", *n);
}

int64_t db_get_i64(struct db_query *q)
{
	MYSQL_BIND *b;
	struct cell *c = next_cell(q, &b);

	if (c->null)
		return 0;
	if (b->buffer_type == MYSQL_TYPE_LONGLONG)
		return c->number;
	if (b->buffer_type != MYSQL_TYPE_STRING || c->length > c->room)
		log_fatal("column %u is no number: %s", q->at, q->sql);
	c->data[c->length] = '\0';
	return (int64_t)strtoll(c->data, NULL, 10);
}

uint64_t db_get_u64(struct db_query *q)
{
	return (uint64_t)db_get_i64(q);
}

bool db_get_bool(struct db_query *q)
{
	return db_get_i64(q) != 0;
}

int64_t db_get_time(struct db_query *q)
{
	MYSQL_BIND *b;
	struct cell *c = next_cell(q, &b);
	const MYSQL_TIME *t = &c->time;

	if (c->null)
		return 0;
	int64_t days = clock_days((int)t->year, (int)t->month, (int)t->day);
	int64_t seconds = ((int64_t)t->hour * 60 + t->minute) * 60 + t->second;

	return days * 86400000 + seconds * 1000 +
	       (int64_t)(t->second_part / 1000);
}

/* --- many rows at once --- */

/* The library takes plain pointers and does not write through them. */
static void *unconst(const void *p)
{
	return (void *)(uintptr_t)p;
}

static void bind_texts(
    struct arena *a, MYSQL_BIND *b, const struct db_column *c, size_t rows)
{
	const char **texts = arena_raw(a, rows * sizeof(*texts));
	unsigned long *lengths = arena_raw(a, rows * sizeof(*lengths));
	char *indicators = arena_alloc(a, rows);
	bool constant = c->kind == DB_CONST_TEXT;

	for (size_t i = 0; i < rows; i++) {
		const char *z = c->texts[constant ? 0 : i];
		bool null = !z || (c->empty_is_null && !*z);

		texts[i] = null ? "" : z;
		lengths[i] = 0;
		if (null)
			indicators[i] = STMT_INDICATOR_NULL;
		else
			lengths[i] =
			    c->lengths && !constant ? c->lengths[i] : strlen(z);
	}
	b->buffer_type = MYSQL_TYPE_STRING;
	b->buffer = unconst(texts);
	b->length = lengths;
	b->u.indicator = indicators;
}

static void bind_numbers(
    struct arena *a, MYSQL_BIND *b, const struct db_column *c, size_t rows)
{
	uint64_t *numbers = arena_raw(a, rows * sizeof(*numbers));
	char *indicators = arena_alloc(a, rows);

	for (size_t i = 0; i < rows; i++) {
		numbers[i] = c->numbers[c->kind == DB_CONST_NUMBER ? 0 : i];
		if (c->zero_is_null && !numbers[i])
			indicators[i] = STMT_INDICATOR_NULL;
	}
	b->buffer_type = MYSQL_TYPE_LONGLONG;
	b->is_unsigned = 1;
	b->buffer = numbers;
	b->u.indicator = indicators;
}

enum status db_bulk(struct db *db, const char *sql,
    const struct db_column *columns, size_t count, size_t rows, struct err *e)
{
	if (!rows)
		return STATUS_OK;
	struct db_query *q = db_query(db, sql);

	for (size_t i = 0; i < count; i++) {
		MYSQL_BIND *b = next_param(q, MYSQL_TYPE_NULL);

		if (columns[i].kind == DB_TEXTS ||
		    columns[i].kind == DB_CONST_TEXT)
			bind_texts(&q->memory, b, &columns[i], rows);
		else
			bind_numbers(&q->memory, b, &columns[i], rows);
	}
	enum status st = prepare(q, e);
	unsigned size = (unsigned)rows;

	if (st != STATUS_OK)
		goto out;
	mysql_stmt_attr_set(q->stmt, STMT_ATTR_ARRAY_SIZE, &size);
	failpoint_pass();
	if (mysql_stmt_bind_param(q->stmt, q->params) ||
	    mysql_stmt_execute(q->stmt))
		st = stmt_failure(q, e);
	failpoint_pass();
out:
	db_done(q);
	arena_release(&q->memory);
	return st;
}

/* --- transactions --- */

static enum status simple(struct db *db, const char *sql, struct err *e)
{
	enum status st = planned_failure(db, e);

	if (st != STATUS_OK)
		return st;
	failpoint_pass();
	if (mysql_query(db->my, sql) != 0)
		return connection_failure(db, e);
	failpoint_pass();
	return STATUS_OK;
}

enum status db_begin(struct db *db, struct err *e)
{
	enum status st = ensure_connected(db, e);

	if (st == STATUS_OK)
		st = simple(db, "START TRANSACTION", e);
	if (st == STATUS_LOST) {
		st = db_connect(db, e);
		if (st == STATUS_OK)
			st = simple(db, "START TRANSACTION", e);
	}
	db->in_transaction = st == STATUS_OK;
	return st;
}

enum status db_commit(struct db *db, struct err *e)
{
	if (!db->my)
		return ERR(e, STATUS_LOST, "no connection to commit on");
	enum status st = simple(db, "COMMIT", e);

	if (st != STATUS_OK)
		db_rollback(db);
	db->in_transaction = false;
	return st;
}

void db_rollback(struct db *db)
{
	struct err ignored;

	/* What cannot be rolled back must not be committed by what comes. */
	if (db->my && db->in_transaction &&
	    simple(db, "ROLLBACK", &ignored) != STATUS_OK)
		disconnect(db);
	db->in_transaction = false;
}

enum status db_script(struct db *db, const char *sql, struct err *e)
{
	enum status st = ensure_connected(db, e);
	int more;

	if (st != STATUS_OK)
		return st;
	mysql_set_server_option(db->my, MYSQL_OPTION_MULTI_STATEMENTS_ON);
	if (mysql_query(db->my, sql))
		return connection_failure(db, e);
	do {
		MYSQL_RES *result = mysql_store_result(db->my);

		if (result)
			mysql_free_result(result);
		more = mysql_next_result(db->my);
	} while (more == 0);
	if (more > 0)
		return connection_failure(db, e);
	mysql_set_server_option(db->my, MYSQL_OPTION_MULTI_STATEMENTS_OFF);
	return STATUS_OK;
}
