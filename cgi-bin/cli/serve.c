/* serve.c: the supervisor: what is started, in which order */
/* SPDX-License-Identifier: MIT */
#include "cli/serve.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "cli/child.h"
#include "cli/command.h"
#include "cli/first_admin.h"
#include "cli/log_files.h"
#include "cli/mariadb.h"
#include "cli/net.h"
#include "cli/nginx_conf.h"
#include "cli/options.h"
#include "cli/vardir.h"
#include "storage/migrate.h"

#define NGINX "/usr/sbin/nginx"
#define DEATHS_AT_START 5	 /* then it is no use to go on */
#define DATABASE_START_MS 600000 /* a recovery can take its time */
#define ANSWER_MS 60000
#define LEFT_OVER_MS 60000
#define LOOK_AT_LOGS_MS 20000

struct server {
	struct options options;
	struct family family;
	struct child mariadb, web, worker, sender, nginx;
	struct arena arena; /* of the set-up */
	struct first_admin admin;
};

static void log_to_file(const char *var)
{
	char *path = vardir_path(var, "log/supervisor.log");
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);

	if (fd < 0)
		log_fatal("cannot open %s: %s", path, strerror(errno));
	log_copy_to(fd);
	free(path);
}

/* A supervisor that was killed leaves processes that are about to end. */
static bool wait_left_over(struct server *s)
{
	static const char *const names[] = {
	    "nginx", "sender", "worker", "web", "mariadb"};
	int64_t end = clock_monotonic() + LEFT_OVER_MS;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		while (vardir_left_over(s->options.conf.var, names[i])) {
			if (clock_monotonic() > end) {
				log_error("%s of an earlier start still runs, "
					  "pid %d",
				    names[i],
				    (int)vardir_pid(
					s->options.conf.var, names[i]));
				return false;
			}
			if (!family_wait(&s->family, 100))
				return false;
		}
		vardir_remove_pid(s->options.conf.var, names[i]);
	}
	return true;
}

/* Waits until it is so; false when it is time to stop, when a process dies
 * again and again, or when it takes too long. */
static bool wait_until(struct server *s, bool (*so)(const struct options *o),
    int64_t ms, const char *what)
{
	int64_t end = clock_monotonic() + ms;

	while (!so(&s->options)) {
		if (!family_wait(&s->family, 50))
			return false;
		for (size_t i = 0; i < s->family.count; i++) {
			const struct child *c = s->family.children[i];

			if (c->deaths < DEATHS_AT_START)
				continue;
			log_error("%s cannot run: see %s/log/%s.log", c->name,
			    s->options.conf.var, c->name);
			return false;
		}
		if (clock_monotonic() > end) {
			log_error("%s does not answer: see the files in "
				  "%s/log",
			    what, s->options.conf.var);
			return false;
		}
	}
	return true;
}

static bool start_database(struct server *s)
{
	if (!s->options.own_database)
		return true;
	mariadb_prepare(&s->options);
	mariadb_child(&s->options, &s->mariadb);
	family_add(&s->family, &s->mariadb);
	return wait_until(
	    s, mariadb_answers, DATABASE_START_MS, "the database");
}

/* A database of our own is brought up to date; one that is shared only when
 * its administrator's account is given, else it must be up to date. */
static enum status bring_up_to_date(const struct options *o, struct err *e)
{
	bool admin = o->own_database || getenv("RUBRICA_DB_ADMIN_USER");
	struct db *db = db_new(&o->conf, admin);
	unsigned applied = 0;
	enum status st = db_connect(db, e);

	if (st == STATUS_OK && admin)
		st = migrate_apply(db, &o->conf, &applied, e);
	else if (st == STATUS_OK)
		st = migrate_check(db, &o->conf, e);
	if (applied)
		log_info("%u migrations were applied", applied);
	db_free(db);
	return st;
}

static bool set_up(struct server *s)
{
	struct err e = {0};
	enum status st = bring_up_to_date(&s->options, &e);

	if (st != STATUS_OK) {
		log_err("setting up the tables", st, &e);
		return false;
	}
	struct db *db = db_new(&s->options.conf, false);

	st = db_connect(db, &e);
	if (st == STATUS_OK)
		st =
		    first_admin_find(db, &s->arena, &s->options, &s->admin, &e);
	db_free(db);
	if (st != STATUS_OK)
		log_err("making the first admin", st, &e);
	return st == STATUS_OK;
}

static bool add_sister(
    struct server *s, struct child *c, const char *name, unsigned patience)
{
	const char **argv = xcalloc(2, sizeof(*argv));
	char program[64];

	snprintf(program, sizeof(program), "rubrica-%s", name);
	argv[0] = vardir_path(s->options.programs, program);
	*c = (struct child){.name = name,
	    .argv = argv,
	    .stop_signal = SIGTERM,
	    .patience = patience};
	if (access(argv[0], X_OK) < 0) {
		log_error("there is no program %s", argv[0]);
		return false;
	}
	family_add(&s->family, c);
	return true;
}

static void add_nginx(struct server *s)
{
	static const char *const scratch[] = {"tmp/body", "tmp/fastcgi", NULL};
	const char **argv = xcalloc(10, sizeof(*argv));
	size_t n = 0;

	nginx_conf_write(&s->options);
	argv[n++] = NGINX;
	argv[n++] = "-e";
	argv[n++] = "stderr";
	argv[n++] = "-p";
	argv[n++] = s->options.conf.var;
	argv[n++] = "-c";
	argv[n++] = vardir_path(s->options.conf.var, "run/nginx.conf");
	argv[n++] = "-g";
	argv[n] = geteuid() == 0 ? "daemon off; user root;" : "daemon off;";
	s->nginx = (struct child){.name = "nginx",
	    .argv = argv,
	    .stop_signal = SIGQUIT, /* answers what it has begun */
	    .patience = 3,
	    .scratch = scratch};
	family_add(&s->family, &s->nginx);
}

static bool start_programs(struct server *s)
{
	if (!add_sister(s, &s->web, "web", 5) ||
	    !add_sister(s, &s->worker, "worker", 15) ||
	    !add_sister(s, &s->sender, "sender", 5))
		return false;
	add_nginx(s);
	return wait_until(s, net_healthy, ANSWER_MS, "the application");
}

static void announce(const struct server *s, bool database_only)
{
	const struct options *o = &s->options;
	const char *host =
	    str_equal(o->listen, "0.0.0.0") ? "127.0.0.1" : o->listen;

	if (database_only) {
		printf(
		    "The database answers at %s/mariadb.sock\n", o->conf.var);
		fflush(stdout);
		return;
	}
	printf("\nRubrica runs at http://%s:%u/\n", host, o->port);
	printf("  E-mail:    %s\n", s->admin.email);
	if (s->admin.password)
		printf("  Password:  %s\n", s->admin.password);
	else
		printf("  Password:  the one of the first start (another: "
		       "rubrica user password %s)\n",
		    s->admin.email);
	printf("  Data:      %s\n\n", o->conf.var);
	fflush(stdout);
}

/* The background has no use for the terminal from here on. */
static void tell_ready(int ready_fd)
{
	if (ready_fd < 0)
		return;
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (write(ready_fd, "R", 1) < 0)
		log_warn("nobody waits for the start");
	close(ready_fd);
	dup2(null, STDOUT_FILENO);
	dup2(null, STDERR_FILENO);
	close(null);
}

static bool start_all(struct server *s, bool database_only)
{
	const char *problem;

	if (!wait_left_over(s))
		return false;
	problem = database_only ? NULL : net_port_problem(&s->options);
	if (problem) {
		log_error("%s", problem);
		return false;
	}
	vardir_empty(s->options.conf.var, "tmp");
	if (!start_database(s) || !set_up(s))
		return false;
	return database_only || start_programs(s);
}

int serve(bool database_only, int ready_fd)
{
	struct server *s = xcalloc(1, sizeof(*s));
	int result = EXIT_FAILURE;

	umask(0027);
	options_load(&s->options, true);
	const char *var = s->options.conf.var;

	if (!vardir_lock(var)) {
		log_error("Rubrica already runs on %s, pid %d", var,
		    (int)vardir_pid(var, "supervisor"));
		return EXIT_FAILURE;
	}
	arena_init(&s->arena);
	log_to_file(var);
	family_init(&s->family, var);
	vardir_write_pid(var, "supervisor", getpid());
	if (start_all(s, database_only)) {
		announce(s, database_only);
		tell_ready(ready_fd);
		while (family_wait(&s->family, LOOK_AT_LOGS_MS))
			log_files_trim(var, LOG_FILE_MAX);
		log_info("stopping");
		result = EXIT_SUCCESS;
	} else if (s->family.stop) {
		result = EXIT_SUCCESS; /* stopped while it was starting */
	}
	family_stop(&s->family, 0);
	vardir_empty(
	    var, "tmp"); /* uploads that broke off have people in them */
	vardir_remove_pid(var, "supervisor");
	log_info("stopped");
	return result;
}

int command_serve(int argc, char **argv)
{
	bool database_only = argc == 1 && str_equal(argv[0], "database");

	if (argc > 0 && !database_only) {
		fprintf(stderr, "usage: rubrica serve [database]\n");
		return 2;
	}
	/* `make run`: it ends with make, however that ends. */
	if (getenv("RUBRICA_WITH_PARENT"))
		prctl(PR_SET_PDEATHSIG, SIGTERM);
	return serve(database_only, -1);
}
