/* nginx_conf.c: nginx.conf for this PORT and VAR */
/* SPDX-License-Identifier: MIT */
#include "cli/nginx_conf.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "cli/vardir.h"

#define CONF_CAP (256u << 10)
#define BOOTSTRAP "/usr/share/javascript/bootstrap5"

/* The length of a name at p, "@" and capitals and "@", or 0. */
static size_t name_length(const char *p)
{
	size_t n = 1;

	while (isupper((unsigned char)p[n]))
		n++;
	return n > 1 && p[n] == '@' ? n + 1 : 0;
}

const char *nginx_conf_fill(
    struct str *out, const char *text, const struct nginx_name *names)
{
	for (const char *p = text; *p; p++) {
		size_t n = *p == '@' ? name_length(p) : 0;
		const struct nginx_name *name = names;

		if (n == 0) {
			str_addc(out, *p);
			continue;
		}
		while (name->name && (strlen(name->name) != n ||
					 memcmp(name->name, p, n) != 0))
			name++;
		if (!name->name)
			return p;
		str_addz(out, name->value);
		p += n - 1;
	}
	return NULL;
}

static void read_file(const char *path, struct str *out)
{
	char piece[4096];
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

void nginx_conf_write(const struct options *o)
{
	char port[16];
	char proxy[100] = "";
	struct str text, filled;
	const struct nginx_name names[] = {
	    {"@PORT@", port},
	    {"@PROXY@", proxy},
	    {"@LISTEN@", o->listen},
	    {"@VAR@", o->conf.var},
	    {"@HOME@", o->conf.home},
	    {"@BOOTSTRAP@", BOOTSTRAP},
	    {NULL, NULL},
	};
	char *path = conf_home_path(&o->conf, "nginx.conf");

	snprintf(port, sizeof(port), "%u", o->port);
	if (*o->proxy)
		snprintf(proxy, sizeof(proxy),
		    "set_real_ip_from %s; real_ip_header X-Forwarded-For;",
		    o->proxy);
	str_init(&text, CONF_CAP);
	str_init(&filled, CONF_CAP);
	read_file(path, &text);
	const char *unknown = nginx_conf_fill(&filled, str_text(&text), names);

	if (unknown || filled.full)
		log_fatal("%s has a name that is not known: %.20s", path,
		    unknown ? unknown : "");
	vardir_write(o->conf.var, "run/nginx.conf", str_text(&filled), 0600);
	str_release(&text);
	str_release(&filled);
	free(path);
}
