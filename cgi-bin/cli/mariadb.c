/* mariadb.c: the private MariaDB of a VAR */
/* SPDX-License-Identifier: MIT */
#include "cli/mariadb.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "cli/vardir.h"
#include "storage/bootstrap.h"

#define SERVER "/usr/sbin/mariadbd"
#define SHARE "/usr/share/mysql"
#define FILE_CAP (8u << 20)

/* The tables of the server itself; its help texts are left out. */
static const char *const system_files[] = {
    SHARE "/mysql_system_tables.sql",
    SHARE "/mysql_performance_tables.sql",
    SHARE "/mysql_system_tables_data.sql",
    SHARE "/maria_add_gis_sp_bootstrap.sql",
};

static void add_file(struct str *out, const char *path)
{
	char piece[8192];
	size_t n;
	FILE *f = fopen(path, "re");

	if (!f)
		log_fatal("cannot read %s: %s", path, strerror(errno));
	while ((n = fread(piece, 1, sizeof(piece), f)) > 0)
		str_add(out, piece, n);
	if (ferror(f) || out->full)
		log_fatal("cannot read %s", path);
	fclose(f);
}

static void write_first_statements(const char *var)
{
	struct str text;

	str_init(&text, FILE_CAP);
	str_addz(&text, bootstrap_first);
	for (size_t i = 0; i < sizeof(system_files) / sizeof(*system_files);
	     i++)
		add_file(&text, system_files[i]);
	vardir_write(var, "tmp/bootstrap.sql", str_text(&text), 0600);
	str_release(&text);
}

/* Who runs us; the server wants root to say so. */
static const char *user_option(void)
{
	return geteuid() == 0 ? "--user=root" : "--skip-name-resolve";
}

void mariadb_prepare(const struct options *o)
{
	const char *var = o->conf.var;
	char *data = vardir_path(var, "data");
	char *fresh = vardir_path(var, "data.tmp");
	char option[4096], temporary[4096];

	if (access(data, F_OK) == 0)
		goto out;
	log_info("making a new database in %s", data);
	vardir_remove_tree(var, "data.tmp");
	if (mkdir(fresh, 0700) < 0)
		log_fatal("cannot make %s: %s", fresh, strerror(errno));
	write_first_statements(var);
	snprintf(option, sizeof(option), "--datadir=%s", fresh);
	/* A server clears its folder of temporary tables when it starts: never
	 * one that others use too. */
	snprintf(temporary, sizeof(temporary), "--tmpdir=%s/tmp", var);
	const char *argv[] = {SERVER, "--no-defaults", user_option(),
	    "--bootstrap", "--silent-startup", option, temporary,
	    "--log-warnings=0",
	    "--enforce-storage-engine=", "--max-allowed-packet=8M",
	    "--innodb-log-file-size=16M", "--innodb-buffer-pool-size=64M",
	    NULL};

	if (!child_run(var, "mariadb", argv, "tmp/bootstrap.sql"))
		log_fatal(
		    "cannot make the database: see %s/log/mariadb.log", var);
	if (rename(fresh, data) < 0)
		log_fatal("cannot make %s: %s", data, strerror(errno));
	vardir_remove(var, "tmp/bootstrap.sql");
out:
	free(data);
	free(fresh);
}

#define ARGUMENTS_MAX 40
struct arguments {
	const char *words[ARGUMENTS_MAX + 1];
	size_t count;
};

static void add(struct arguments *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void add(struct arguments *a, const char *format, ...)
{
	char word[4096];
	va_list ap;

	va_start(ap, format);
	int n = vsnprintf(word, sizeof(word), format, ap);

	va_end(ap);
	if (n < 0 || (size_t)n >= sizeof(word) || a->count == ARGUMENTS_MAX)
		log_fatal("too many or too long options for the database");
	a->words[a->count++] = xstrdup(word);
}

/* A commit is on the disk when it is answered, whatever happens then; the
 * rest is room for batches of an import, and the same rules on every
 * machine. Interleaved auto-increment is what a cluster has. */
static const char *const fixed_options[] = {
    "--skip-networking",
    "--skip-log-bin",
    "--character-set-server=utf8mb4",
    "--collation-server=utf8mb4_uca1400_ai_ci",
    "--default-storage-engine=InnoDB",
    "--sql-mode=STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,"
    "NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION",
    "--innodb-flush-log-at-trx-commit=1",
    "--innodb-autoinc-lock-mode=2",
    "--innodb-lock-wait-timeout=20",
    "--max-allowed-packet=64M",
    "--max-connections=100",
    "--wait-timeout=604800",
    "--interactive-timeout=604800",
    "--local-infile=OFF",
    "--performance-schema=OFF",
    "--aria-pagecache-buffer-size=16M",
    "--key-buffer-size=1M",
};

void mariadb_child(const struct options *o, struct child *c)
{
	struct arguments *a = xcalloc(1, sizeof(*a));
	const char *var = o->conf.var;
	struct str sql;

	str_init(&sql, FILE_CAP);
	bootstrap_sql(&sql, &o->conf, o->os_user);
	vardir_write(var, "run/bootstrap.sql", str_text(&sql), 0600);
	str_release(&sql);

	add(a, "%s", SERVER);
	add(a, "--no-defaults");
	add(a, "%s", user_option());
	add(a, "--datadir=%s/data", var);
	add(a, "--socket=%s/mariadb.sock", var);
	add(a, "--pid-file=%s/tmp/mariadbd.pid", var);
	add(a, "--tmpdir=%s/tmp", var);
	add(a, "--init-file=%s/run/bootstrap.sql", var);
	add(a, "--innodb-buffer-pool-size=%s", o->buffer_pool);
	add(a, "--innodb-log-file-size=%s", o->redo_log);
	for (size_t i = 0; i < sizeof(fixed_options) / sizeof(*fixed_options);
	     i++)
		add(a, "%s", fixed_options[i]);
	*c = (struct child){.name = "mariadb",
	    .argv = a->words,
	    .stop_signal = SIGTERM,
	    .patience = 120};
}

bool mariadb_answers(const struct options *o)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	char *path = vardir_path(o->conf.var, "mariadb.sock");
	char greeting[5] = "";
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	memcpy(address.sun_path, path,
	    strnlen(path, sizeof(address.sun_path) - 1));
	free(path);
	if (fd < 0)
		return false;
	struct pollfd readable = {.fd = fd, .events = POLLIN};
	/* A packet's length and number, then the version of the protocol. */
	bool up =
	    connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0 &&
	    poll(&readable, 1, 200) == 1 &&
	    recv(fd, greeting, sizeof(greeting), MSG_WAITALL) == 5 &&
	    greeting[4] == 10;

	close(fd);
	return up;
}
