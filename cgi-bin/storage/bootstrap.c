/* bootstrap.c: the accounts and the database that a private MariaDB gets */
/* SPDX-License-Identifier: MIT */
#include "storage/bootstrap.h"

#include <stddef.h>

const char bootstrap_first[] = "CREATE DATABASE IF NOT EXISTS mysql;\n"
			       "USE mysql;\n"
			       "SET @auth_root_socket = 'root';\n";

/* {d} the database, {u} the application's user, {p} its password, {a} the
 * administrator: names between quotes, the quotes doubled. */
static const char *const statements[] = {
    "CREATE DATABASE IF NOT EXISTS `{d}` CHARACTER SET utf8mb4"
    " COLLATE utf8mb4_uca1400_ai_ci;\n",
    "CREATE USER IF NOT EXISTS '{u}'@'localhost' IDENTIFIED BY '{p}';\n",
    "ALTER USER '{u}'@'localhost' IDENTIFIED BY '{p}';\n",
    "REVOKE ALL PRIVILEGES, GRANT OPTION FROM '{u}'@'localhost';\n",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON `{d}`.* TO '{u}'@'localhost';\n",
    "CREATE USER IF NOT EXISTS '{a}'@'localhost' IDENTIFIED VIA"
    " unix_socket;\n",
    "GRANT ALL PRIVILEGES ON *.* TO '{a}'@'localhost' WITH GRANT OPTION;\n",
};

static void add_quoted(struct str *out, const char *value)
{
	for (; *value; value++) {
		if (*value == '\'' || *value == '\\' || *value == '`')
			str_addc(out, *value);
		str_addc(out, *value);
	}
}

void bootstrap_sql(struct str *out, const struct conf *c, const char *os_user)
{
	for (size_t i = 0; i < sizeof(statements) / sizeof(*statements); i++)
		for (const char *p = statements[i]; *p; p++) {
			if (*p != '{') {
				str_addc(out, *p);
				continue;
			}
			char name = p[1];

			p += 2;
			add_quoted(out, name == 'd'   ? c->db_name
					: name == 'u' ? c->db_user
					: name == 'p' ? c->db_password
						      : os_user);
		}
}
