/* job.c: kinds and states of jobs, as they are stored */
/* SPDX-License-Identifier: MIT */
#include "model/job.h"

const char *const job_kinds[JOB_KINDS] = {
    [JOB_BULK] = "bulk",
    [JOB_MERGE] = "merge",
    [JOB_UNDO] = "undo",
};

const char *const job_states[JOB_STATES] = {
    [JOB_QUEUED] = "queued",
    [JOB_RUNNING] = "running",
    [JOB_DONE] = "done",
    [JOB_FAILED] = "failed",
    [JOB_CANCELLED] = "cancelled",
};
