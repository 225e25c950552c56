/* bare_loop.c: the least that a page with a SELECT can cost */
/* SPDX-License-Identifier: MIT */
/*
 * usage: bare_loop SOCKET CHILDREN DATABASE-SOCKET STATEMENT
 *
 * As many processes as rubrica-web has, each with one connection, answer every
 * request with the rows of the statement, tabs between: no login, no template,
 * no escaping. What the contacts page is compared with.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fcgiapp.h>
#include <mysql.h>

#include "base/log.h"

static void print_rows(MYSQL *db, const char *statement, FCGX_Stream *out)
{
	MYSQL_ROW row;

	if (mysql_query(db, statement) != 0)
		log_fatal("%s", mysql_error(db));
	MYSQL_RES *result = mysql_store_result(db);

	if (!result)
		log_fatal("%s", mysql_error(db));
	while ((row = mysql_fetch_row(result))) {
		unsigned long *lengths = mysql_fetch_lengths(result);

		for (unsigned i = 0; i < mysql_num_fields(result); i++) {
			FCGX_PutStr(row[i] ? row[i] : "", (int)lengths[i], out);
			FCGX_PutChar('\t', out);
		}
		FCGX_PutChar('\n', out);
	}
	mysql_free_result(result);
}

static void serve(int fd, const char *database, const char *statement)
{
	MYSQL *db = mysql_init(NULL);
	FCGX_Request request;

	prctl(PR_SET_PDEATHSIG, SIGTERM);
	mysql_options(db, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	if (!mysql_real_connect(
		db, NULL, NULL, NULL, "rubrica", 0, database, 0))
		log_fatal("%s", mysql_error(db));
	FCGX_InitRequest(&request, fd, 0);
	while (FCGX_Accept_r(&request) == 0) {
		FCGX_PutS("Content-Type: text/plain\r\n\r\n", request.out);
		print_rows(db, statement, request.out);
		FCGX_Finish_r(&request);
	}
}

int main(int argc, char **argv)
{
	log_init("bare_loop");
	if (argc != 5 || FCGX_Init() != 0)
		log_fatal(
		    "usage: bare_loop SOCKET CHILDREN DATABASE STATEMENT");
	int fd = FCGX_OpenSocket(argv[1], 511);

	signal(SIGTERM, SIG_DFL);
	if (fd < 0)
		log_fatal("cannot listen on %s", argv[1]);
	for (long i = strtol(argv[2], NULL, 10); i > 0; i--)
		if (fork() == 0) {
			serve(fd, argv[3], argv[4]);
			return EXIT_FAILURE;
		}
	while (wait(NULL) > 0 || errno == EINTR)
		;
	return EXIT_FAILURE;
}
