/* failpoint.h: lets a test kill a process at a chosen database call */
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

#endif
