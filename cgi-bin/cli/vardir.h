/* vardir.h: the folder of data, sockets, logs and pid files */
/* SPDX-License-Identifier: MIT */
#ifndef CLI_VARDIR_H
#define CLI_VARDIR_H

#include <stdbool.h>
#include <sys/types.h>

/*
 * In VAR:
 *
 *	data/            of the private MariaDB
 *	mariadb.sock     its socket
 *	run/             pid files, lock, db.password, privacy.key, web.sock,
 *	                 nginx.conf
 *	log/             a file for each process
 *	tmp/             bodies of requests, sorting files; emptied at each
 *start and stop
 *
 * Functions that make something end the process with a message when they
 * cannot.
 */

/* Makes VAR itself, with the folders above it. */
void vardir_make(const char *var);
/* Makes the folders in it (but data/), run/db.password and
 * run/privacy.key. */
void vardir_fill(const char *var);

/* VAR joined with a name; the caller frees. */
char *vardir_path(const char *var, const char *name);
/* Writes a file so that a reader finds the old text or the new one. */
void vardir_write(
    const char *var, const char *name, const char *text, mode_t mode);
/* Removes a file; none is fine. */
void vardir_remove(const char *var, const char *name);
/* Removes a folder with all that is in it; none is fine. */
void vardir_remove_tree(const char *var, const char *name);
/* Removes what is in a folder, as far as that can be done; the folder stays. */
void vardir_empty(const char *var, const char *name);

/* Takes the lock of VAR, which ends with the process. False: another has it. */
bool vardir_lock(const char *var);
/* True when a process has the lock. */
bool vardir_locked(const char *var);

void vardir_write_pid(const char *var, const char *process, pid_t pid);
void vardir_remove_pid(const char *var, const char *process);
/* What run/<process>.pid says; 0 when it says nothing. */
pid_t vardir_pid(const char *var, const char *process);
/* True when the pid file's process runs and writes to the log of that name:
 * so it is one of an earlier supervisor, and no stranger with its number. */
bool vardir_left_over(const char *var, const char *process);

#endif
