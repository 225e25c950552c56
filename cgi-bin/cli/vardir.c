/* vardir.c: the folder of data, sockets, logs and pid files */
/* SPDX-License-Identifier: MIT */
#include "cli/vardir.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/crypto.h"
#include "base/log.h"
#include "base/str.h"

static void make_folder(const char *path, mode_t mode)
{
	struct stat st;

	if (mkdir(path, mode) == 0)
		return;
	if (errno != EEXIST || stat(path, &st) < 0 || !S_ISDIR(st.st_mode))
		log_fatal("cannot make the folder %s: %s", path,
		    strerror(errno == EEXIST ? ENOTDIR : errno));
}

void vardir_make(const char *var)
{
	char *path = xstrdup(var);

	for (char *p = path + 1; (p = strchr(p, '/')); p++) {
		*p = '\0';
		make_folder(path, 0755);
		*p = '/';
	}
	make_folder(path, 0750);
	free(path);
}

char *vardir_path(const char *var, const char *name)
{
	size_t n = strlen(var) + strlen(name) + 2;
	char *path = xmalloc(n);

	snprintf(path, n, "%s/%s", var, name);
	return path;
}

/* A secret of its own for each VAR; one that is there stays. */
static void make_secret(const char *var, const char *name)
{
	char token[CRYPTO_TOKEN_SIZE];
	char *path = vardir_path(var, name);

	if (access(path, F_OK) < 0) {
		crypto_token(token);
		vardir_write(var, name, token, 0600);
	}
	free(path);
}

void vardir_fill(const char *var)
{
	static const char *const folders[] = {"run", "log", "tmp"};

	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		char *path = vardir_path(var, folders[i]);

		make_folder(path, 0700);
		free(path);
	}
	make_secret(var, "run/db.password");
	make_secret(var, "run/privacy.key");
}

static bool write_all(int fd, const char *text)
{
	size_t n = strlen(text);

	while (n) {
		ssize_t done = write(fd, text, n);

		if (done < 0 && errno != EINTR)
			return false;
		if (done > 0) {
			text += done;
			n -= (size_t)done;
		}
	}
	return true;
}

void vardir_write(
    const char *var, const char *name, const char *text, mode_t mode)
{
	char *path = vardir_path(var, name);
	char *fresh = vardir_path(path, "");

	memcpy(fresh + strlen(path), "~", 2);
	unlink(fresh);
	int fd = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);

	if (fd < 0 || !write_all(fd, text) || fsync(fd) < 0 || close(fd) < 0 ||
	    rename(fresh, path) < 0)
		log_fatal("cannot write %s: %s", path, strerror(errno));
	free(fresh);
	free(path);
}

void vardir_remove(const char *var, const char *name)
{
	char *path = vardir_path(var, name);

	if (unlink(path) < 0 && errno != ENOENT)
		log_warn("cannot remove %s: %s", path, strerror(errno));
	free(path);
}

static int remove_entry(
    const char *path, const struct stat *st, int kind, struct FTW *place)
{
	(void)st;
	(void)kind;
	(void)place;
	return remove(path);
}

void vardir_remove_tree(const char *var, const char *name)
{
	char *path = vardir_path(var, name);

	if (nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS) < 0 &&
	    errno != ENOENT)
		log_fatal("cannot remove %s: %s", path, strerror(errno));
	free(path);
}

static int empty_entry(
    const char *path, const struct stat *st, int kind, struct FTW *place)
{
	(void)st;
	(void)kind;
	if (place->level > 0 && remove(path) < 0 && errno != ENOENT)
		log_warn("cannot remove %s: %s", path, strerror(errno));
	return 0;
}

void vardir_empty(const char *var, const char *name)
{
	char *path = vardir_path(var, name);

	nftw(path, empty_entry, 16, FTW_DEPTH | FTW_PHYS);
	free(path);
}

/* The lock file, open and locked, or -1. */
static int take_lock(const char *var)
{
	char *path = vardir_path(var, "run/lock");
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0)
		log_fatal("cannot open %s: %s", path, strerror(errno));
	free(path);
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	close(fd);
	return -1;
}

bool vardir_lock(const char *var)
{
	return take_lock(var) >= 0;
}

bool vardir_locked(const char *var)
{
	int fd = take_lock(var);

	if (fd >= 0)
		close(fd);
	return fd < 0;
}

void vardir_write_pid(const char *var, const char *process, pid_t pid)
{
	char name[64], text[32];

	snprintf(name, sizeof(name), "run/%s.pid", process);
	snprintf(text, sizeof(text), "%d\n", (int)pid);
	vardir_write(var, name, text, 0644);
}

void vardir_remove_pid(const char *var, const char *process)
{
	char name[64];

	snprintf(name, sizeof(name), "run/%s.pid", process);
	vardir_remove(var, name);
}

pid_t vardir_pid(const char *var, const char *process)
{
	char name[64], line[32] = "";
	unsigned long long n;

	snprintf(name, sizeof(name), "run/%s.pid", process);
	char *path = vardir_path(var, name);
	FILE *f = fopen(path, "re");

	free(path);
	if (!f)
		return 0;
	if (fgets(line, sizeof(line), f))
		line[strcspn(line, "\n")] = '\0';
	fclose(f);
	return str_to_u64(line, &n) && n <= INT_MAX ? (pid_t)n : 0;
}

bool vardir_left_over(const char *var, const char *process)
{
	char name[64], link[64], target[PATH_MAX];
	pid_t pid = vardir_pid(var, process);

	if (pid == 0)
		return false;
	snprintf(link, sizeof(link), "/proc/%d/fd/2", (int)pid);
	snprintf(name, sizeof(name), "log/%s.log", process);
	ssize_t n = readlink(link, target, sizeof(target) - 1);

	if (n < 0)
		return false;
	target[n] = '\0';
	char *path = vardir_path(var, name);
	bool same = str_equal(path, target);

	free(path);
	return same;
}
