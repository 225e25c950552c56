/* log_files.c: keeps the logs from filling the disk */
/* SPDX-License-Identifier: MIT */
#include "cli/log_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/str.h"
#include "cli/vardir.h"

#define NAME_SIZE 300

static bool copy(int from, int to, int64_t size)
{
	while (size > 0) {
		ssize_t n = sendfile(to, from, NULL, (size_t)size);

		if (n <= 0)
			return false;
		size -= n;
	}
	return true;
}

static void turn_over(int folder, const char *name, int64_t size)
{
	char old[NAME_SIZE];
	int from = openat(folder, name, O_RDWR | O_CLOEXEC | O_NOFOLLOW);

	snprintf(old, sizeof(old), "%s.old", name);
	int to =
	    openat(folder, old, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);

	if (from >= 0 && (to < 0 || !copy(from, to, size)))
		unlinkat(folder, old, 0);
	if (from < 0 || ftruncate(from, 0) < 0)
		log_warn("the log %s is long and cannot be cut: %s", name,
		    strerror(errno));
	if (from >= 0)
		close(from);
	if (to >= 0)
		close(to);
}

void log_files_trim(const char *var, int64_t max)
{
	char *path = vardir_path(var, "log");
	DIR *folder = opendir(path);
	struct dirent *entry;
	struct stat s;

	free(path);
	if (!folder)
		return;
	while ((entry = readdir(folder)))
		if (str_ends(entry->d_name, ".log") &&
		    strlen(entry->d_name) + 5 < NAME_SIZE &&
		    fstatat(dirfd(folder), entry->d_name, &s,
			AT_SYMLINK_NOFOLLOW) == 0 &&
		    S_ISREG(s.st_mode) && s.st_size > max)
			turn_over(dirfd(folder), entry->d_name, s.st_size);
	closedir(folder);
}
