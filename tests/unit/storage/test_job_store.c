/* test_job_store.c: jobs are made, claimed, moved on and ended */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "storage/job_store.h"
#include "support/store_test.h"

#define LEASE 5000

static struct job_id make(const char *key)
{
	const struct job job = {
	    .kind = JOB_BULK,
	    .state = JOB_QUEUED,
	    .token.n = key ? 7 : 0,
	    .filter = "tag=a",
	    .action = "add_tags",
	    .arguments = "{}",
	    .counts.matched = 10,
	    .upto_contact = 99,
	};
	struct job_id id = {0};

	OK(job_store_insert(db, &job, key, key ? "hash" : NULL, &id, &e));
	return id;
}

static struct job get(struct job_id id)
{
	struct job job;

	OK(job_store_get(db, &a, id, &job, &e));
	return job;
}

static void test_made(void **state)
{
	struct job_id id = make(NULL);
	struct job job = get(id);
	struct job *rows;
	size_t n = 0;

	(void)state;
	assert_int_equal(job.kind, JOB_BULK);
	assert_int_equal(job.state, JOB_QUEUED);
	assert_string_equal(job.filter, "tag=a");
	assert_string_equal(job.action, "add_tags");
	assert_int_equal(job.counts.matched, 10);
	assert_int_equal(job.upto_contact, 99);
	assert_true(job.created_at > 0);
	assert_int_equal(job.started_at, 0);
	OK(job_store_list(db, &a, 0, JOB_BULK, 1, &rows, &n, &e));
	assert_int_equal(n, 1);
	assert_int_equal(rows[0].id.n, id.n);
	OK(job_store_list(db, &a, id.n, JOB_KINDS, 1, &rows, &n, &e));
	assert_true(n == 0 || rows[0].id.n < id.n);
	OK(job_store_list(db, &a, 0, JOB_MERGE, 1, &rows, &n, &e));
	assert_true(n == 0 || rows[0].kind == JOB_MERGE);
	OK(job_store_active(db, &a, &rows, &n, &e));
	assert_int_equal(n, 1);
	OK(job_store_cancel(db, id, &e));
	job = get(id);
	assert_int_equal(job.state, JOB_CANCELLED);
	assert_true(job.finished_at > 0);
	assert_int_equal(job_store_cancel(db, id, &e), STATUS_CONFLICT);
	OK(job_store_active(db, &a, &rows, &n, &e));
	assert_int_equal(n, 0);
}

static void test_idempotency_key(void **state)
{
	char key[32];
	const struct token_id token = {7};
	const char *hash = "";
	struct job_id found = {0};
	struct job again = {.kind = JOB_BULK, .token = token};

	(void)state;
	snprintf(key, sizeof(key), "%lld", (long long)clock_now());
	struct job_id id = make(key);

	OK(job_store_by_key(db, &a, token, key, &found, &hash, &e));
	assert_int_equal(found.n, id.n);
	assert_string_equal(hash, "hash");
	assert_int_equal(job_store_insert(db, &again, key, "other", &found, &e),
	    STATUS_CONFLICT);
	assert_int_equal(
	    job_store_by_key(db, &a, token, "no such", &found, &hash, &e),
	    STATUS_NOT_FOUND);
	OK(job_store_cancel(db, id, &e));
}

/* Of two that wait the older one comes first, and one that was given back
 * after those that nobody had. */
static void test_turns(void **state)
{
	struct job_id first = make(NULL), second = make(NULL);
	struct job_lease one, two, three;

	(void)state;
	OK(job_store_claim(db, "w1", LEASE, &one, &e));
	assert_int_equal(one.id.n, first.n);
	OK(job_store_release(db, &one, &e));
	OK(job_store_claim(db, "w2", LEASE, &two, &e));
	assert_int_equal(two.id.n, second.n);
	OK(job_store_claim(db, "w1", LEASE, &three, &e));
	assert_int_equal(three.id.n, first.n);
	assert_int_equal(three.number, one.number + 1);
	assert_int_equal(
	    job_store_claim(db, "w3", LEASE, &one, &e), STATUS_NOT_FOUND);
	OK(job_store_finish(db, &two, JOB_DONE, "", &e));
	OK(job_store_finish(db, &three, JOB_FAILED, "A sentence.", &e));
	assert_int_equal(get(second).state, JOB_DONE);
	assert_string_equal(get(first).message, "A sentence.");
	assert_int_equal(job_store_cancel(db, first, &e), STATUS_CONFLICT);
}

static void test_fencing(void **state)
{
	struct job_id id = make(NULL);
	struct job_lease old, new;
	struct job job;

	(void)state;
	OK(job_store_claim(db, "w1", 1, &old, &e));
	clock_sleep(20);
	OK(job_store_claim(db, "w2", LEASE, &new, &e));
	assert_int_equal(new.id.n, id.n);
	assert_int_equal(new.number, old.number + 1);
	assert_int_equal(
	    job_store_lock(db, &a, &old, &job, &e), STATUS_CONFLICT);
	OK(job_store_lock(db, &a, &new, &job, &e));
	job.counts = (struct job_counts){20, 3, 1, 1, 1};
	job.next_contact = 55;
	assert_int_equal(
	    job_store_advance(db, &old, &job, LEASE, &e), STATUS_CONFLICT);
	OK(job_store_advance(db, &new, &job, LEASE, &e));
	job = get(id);
	assert_int_equal(job.next_contact, 55);
	assert_int_equal(job.counts.matched, 20);
	assert_int_equal(job.counts.seen, 3);
	assert_int_equal(job.counts.kept, 1);
	assert_int_equal(job_store_release(db, &old, &e), STATUS_CONFLICT);
	assert_int_equal(
	    job_store_finish(db, &old, JOB_DONE, "", &e), STATUS_CONFLICT);
	OK(job_store_cancel(db, id, &e));
	job = get(id);
	assert_int_equal(job.state, JOB_RUNNING);
	assert_true(job.cancel_asked);
	OK(job_store_finish(db, &new, JOB_CANCELLED, "", &e));
	assert_int_equal(
	    job_store_lock(db, &a, &new, &job, &e), STATUS_CONFLICT);
}

/* A job that is done when it is made (a merge) is not claimed, and is undone
 * by one that names it. */
static void test_done_at_once(void **state)
{
	const struct job merge = {.kind = JOB_MERGE, .state = JOB_DONE};
	struct job_id id, undo;
	struct job_lease lease;

	(void)state;
	OK(job_store_insert(db, &merge, NULL, NULL, &id, &e));
	assert_true(get(id).finished_at > 0);
	assert_int_equal(
	    job_store_claim(db, "w", LEASE, &lease, &e), STATUS_NOT_FOUND);
	assert_int_equal(get(id).undone_by.n, 0);
	const struct job back = {
	    .kind = JOB_UNDO, .state = JOB_DONE, .undoes = id};

	OK(job_store_insert(db, &back, NULL, NULL, &undo, &e));
	assert_int_equal(get(id).undone_by.n, undo.n);
	assert_int_equal(get(undo).undoes.n, id.n);
}

static void test_kept(void **state)
{
	const struct job_kept rows[] = {
	    {5, "city", "Somebody changed it."},
	    {5, "name", "Somebody changed it."},
	    {9, "_tags", "Somebody changed it."},
	};
	struct job_id id = make(NULL);
	struct job_kept *found;
	size_t n = 0;

	(void)state;
	OK(job_store_keep(db, &a, id, rows, 3, &e));
	OK(job_store_keep(db, &a, id, rows, 1, &e));
	OK(job_store_keep(db, &a, id, rows, 0, &e));
	OK(job_store_kept(db, &a, id, 0, 10, &found, &n, &e));
	assert_int_equal(n, 3);
	assert_string_equal(found[1].field, "name");
	OK(job_store_kept(db, &a, id, 5, 10, &found, &n, &e));
	assert_int_equal(n, 1);
	assert_int_equal(found[0].contact, 9);
	assert_string_equal(found[0].reason, "Somebody changed it.");
	OK(job_store_cancel(db, id, &e));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_made),
	    cmocka_unit_test(test_idempotency_key),
	    cmocka_unit_test(test_turns),
	    cmocka_unit_test(test_fencing),
	    cmocka_unit_test(test_done_at_once),
	    cmocka_unit_test(test_kept),
	};
	return cmocka_run_group_tests(tests, store_test_open, store_test_close);
}
