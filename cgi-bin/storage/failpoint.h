/* failpoint.h: lets a test kill or fail at a chosen database call */
/* SPDX-License-Identifier: MIT */
#ifndef STORAGE_FAILPOINT_H
#define STORAGE_FAILPOINT_H

/*
 * db.c passes here before and after each request to the database. With
 * RUBRICA_FAILPOINT=k in the environment the k-th pass of the process sends
 * it SIGKILL: nothing is cleaned up, as when the machine loses its power. With
 * RUBRICA_FAILPOINT_SIGNAL=STOP it gets SIGSTOP: it hangs until SIGCONT, as one
 * that comes back after its lease. Without them, nothing happens. Safe in any
 * thread.
 */
void failpoint_pass(void);

/*
 * With RUBRICA_FAILPOINT_ERROR=n, RUBRICA_FAILPOINT does not kill: from the
 * k-th request to the database on, the next RUBRICA_FAILPOINT_TIMES (1) ones
 * are not made and fail with MariaDB's error n. 0: make the request.
 */
unsigned failpoint_error(void);

#endif
