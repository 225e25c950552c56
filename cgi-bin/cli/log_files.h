/* log_files.h: keeps the logs from filling the disk */
/* SPDX-License-Identifier: MIT */
#ifndef CLI_LOG_FILES_H
#define CLI_LOG_FILES_H

#include <stdint.h>

/* Each log of VAR/log that is longer than max bytes becomes NAME.old, in place
 * of the one before, and begins anew. Whoever writes to it goes on writing: the
 * file itself stays, so it has to be opened for appending. What is written
 * just then may be lost; with a full disk all of the log is. */
void log_files_trim(const char *var, int64_t max);

#define LOG_FILE_MAX (INT64_C(64) << 20)

#endif
