/* options.c: what the supervisor and the commands are told */
/* SPDX-License-Identifier: MIT */
#include "cli/options.h"

#include <arpa/inet.h>
#include <errno.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "cli/vardir.h"

static const char *setting(const char *name, const char *otherwise)
{
	const char *value = getenv(name);

	return str_empty(value) ? otherwise : xstrdup(value);
}

/* The folder that holds this program, without a slash at the end. */
static char *program_folder(void)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);

	if (n <= 0)
		log_fatal("cannot find this program: %s", strerror(errno));
	path[n] = '\0';
	*strrchr(path, '/') = '\0';
	return xstrdup(path);
}

static char *absolute(const char *path)
{
	char *real = realpath(path, NULL);

	if (!real)
		log_fatal("there is no folder %s: %s", path, strerror(errno));
	return real;
}

/* HOME is where the program was built, unless it is said. */
static void find_home(struct options *o)
{
	const char *home = getenv("RUBRICA_HOME");
	char beside[PATH_MAX + 4];

	o->programs = program_folder();
	snprintf(beside, sizeof(beside), "%s/..", o->programs);
	char *real = absolute(str_empty(home) ? beside : home);

	setenv("RUBRICA_HOME", real, 1);
	free(real);
}

/* Paths with these would need another quoting in each file they get into. */
static void check_var(const char *var)
{
	struct sockaddr_un address;

	for (const char *p = var; *p; p++)
		if ((unsigned char)*p < 0x20 || strchr("\"\\$;:{}", *p))
			log_fatal("VAR may not have the character '%c' in its "
				  "path: %s",
			    *p < 0x20 ? '?' : *p, var);
	if (strlen(var) + sizeof("/mariadb.sock") > sizeof(address.sun_path))
		log_fatal("the path of VAR is too long for the sockets in it "
			  "(%zu bytes are the most): %s",
		    sizeof(address.sun_path) - sizeof("/mariadb.sock"), var);
}

static void find_var(bool make)
{
	const char *var = setting("RUBRICA_VAR", "var");

	if (make)
		vardir_make(var);
	char *real = absolute(var);

	check_var(real);
	setenv("RUBRICA_VAR", real, 1);
	if (make)
		vardir_fill(real);
	free(real);
}

static const char *user_name(void)
{
	const struct passwd *entry = getpwuid(geteuid());

	if (!entry)
		log_fatal("the user %d has no name", (int)geteuid());
	return xstrdup(entry->pw_name);
}

static unsigned port_of(const char *text)
{
	unsigned long long n;

	if (!str_to_u64(text, &n) || n == 0 || n > 65535)
		log_fatal("PORT is no port: %s", text);
	return (unsigned)n;
}

/* A book of a million contacts with its indexes takes some 600 MiB: what fits
 * into memory is read and written many times faster. */
static const char *usual_buffer_pool(void)
{
	const unsigned long long mib = 1u << 20;
	unsigned long long n = (unsigned long long)sysconf(_SC_PHYS_PAGES) *
			       (unsigned long long)sysconf(_SC_PAGESIZE) / mib /
			       4;
	char text[32];

	if (n < 256)
		n = 256;
	if (n > 8192)
		n = 8192;
	snprintf(text, sizeof(text), "%lluM", n);
	return xstrdup(text);
}

void options_load(struct options *o, bool make)
{
	struct in_addr address;

	*o = (struct options){0};
	find_home(o);
	find_var(make);
	o->os_user = user_name();
	/* The administrator of the private MariaDB has the name of its user;
	 * the application's own account must be another. */
	if (str_equal(o->os_user, "rubrica"))
		setenv("RUBRICA_DB_USER", "rubrica_app", 0);
	conf_load(&o->conf);
	o->own_database = str_empty(o->conf.db_host);
	o->port = port_of(setting("RUBRICA_PORT", "8080"));
	o->listen = setting("RUBRICA_LISTEN", "127.0.0.1");
	if (inet_pton(AF_INET, o->listen, &address) != 1)
		log_fatal("LISTEN is no IPv4 address: %s", o->listen);
	o->proxy = setting("RUBRICA_PROXY", "");
	if (*o->proxy && inet_pton(AF_INET, o->proxy, &address) != 1)
		log_fatal("PROXY is no IPv4 address: %s", o->proxy);
	o->admin_email = setting("RUBRICA_ADMIN_EMAIL", "");
	o->admin_password = setting("RUBRICA_ADMIN_PASSWORD", "");
	o->buffer_pool = setting("RUBRICA_BUFFER_POOL", usual_buffer_pool());
	o->redo_log = setting("RUBRICA_REDO_LOG", "512M");
}
