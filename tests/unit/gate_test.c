/* SPDX-License-Identifier: MIT */
/* The gate: who may pass, who sleeps, and what a killed tbroker leaves. */
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "account/account.h"
#include "check.h"
#include "stage/stage.h"

static char folder[] = "/tmp/gate-test-XXXXXX";
static char path[64];

static void
open_gate(struct gate *g)
{
	struct problem p;

	if (gate_open(g, path, &p) != 0)
		abort();
}

static void
test_publish(void)
{
	struct gate broker, waiter;
	struct gate_view at;
	struct problem p;

	unlink(path);
	open_gate(&broker);
	open_gate(&waiter);
	TEST("nobody is attached to a new gate") {
		gate_look(&waiter, "s1", &at);
		CHECK(!at.is_attached);
		CHECK_INT(at.seq, 0);
		CHECK(!gate_is_alive(&waiter));
	}
	TEST("a waiter sees what tbroker publishes, in its own session") {
		CHECK_INT(gate_attach(&broker, "s1", 3, &p), 0);
		gate_look(&waiter, "s1", &at);
		CHECK(at.is_attached);
		CHECK_INT(at.seq, 0);
		CHECK_INT(at.lines, 3);
		gate_publish(&broker, 41, 7);
		gate_state(&broker, GATE_READING);
		gate_look(&waiter, "s1", &at);
		CHECK_INT(at.seq, 41);
		CHECK_INT(at.lines, 7);
		CHECK_INT(at.state, GATE_READING);
		CHECK(gate_is_alive(&waiter));
		gate_look(&waiter, "s2", &at);
		CHECK(!at.is_attached);
		CHECK_INT(at.seq, 0);
	}
	TEST("a second tbroker is told that the account is busy") {
		CHECK_INT(gate_attach(&waiter, "s2", 0, &p), -1);
		CHECK_INT(p.status, EXIT_BUSY);
		gate_look(&waiter, "s1", &at);
		CHECK(at.is_attached);
	}
	TEST("a session is not forgotten while its tbroker is there") {
		gate_forget(&waiter);
		gate_look(&waiter, "s1", &at);
		CHECK(at.is_attached);
		CHECK_INT(at.seq, 41);
	}
	TEST("what a tbroker published stays when it has ended") {
		gate_close(&broker);
		CHECK(!gate_is_alive(&waiter));
		gate_look(&waiter, "s1", &at);
		CHECK(at.is_attached);
		CHECK_INT(at.seq, 41);
	}
	TEST("a run of the same name begins with nothing") {
		gate_forget(&waiter);
		gate_look(&waiter, "s1", &at);
		CHECK(!at.is_attached);
		CHECK_INT(at.seq, 0);
		open_gate(&broker);
		CHECK_INT(gate_attach(&broker, "s1", 9, &p), 0);
		gate_look(&waiter, "s1", &at);
		CHECK(at.is_attached);
		CHECK_INT(at.seq, 0);
		CHECK_INT(at.lines, 9);
		gate_close(&broker);
	}
	gate_close(&waiter);
}

/* Seq and lines are published as a pair: lines is always 3 * seq. */
static void
test_pairs(void)
{
	TEST("a waiter never sees half of what is published") {
		struct gate broker, waiter;
		struct gate_view at;
		struct problem p;
		pid_t child;
		int status;

		open_gate(&waiter);
		child = fork();
		if (child == 0) {
			open_gate(&broker);
			if (gate_attach(&broker, "pairs", 0, &p) != 0)
				_exit(1);
			for (int64_t i = 1; i <= 200000; i++)
				gate_publish(&broker, i, 3 * (uint64_t)i);
			_exit(0);
		}
		do {
			gate_look(&waiter, "pairs", &at);
			if (at.is_attached && at.seq > 0)
				CHECK_INT(at.lines, 3 * at.seq);
		} while (at.seq < 200000 && !check_failed);
		waitpid(child, &status, 0);
		CHECK_INT(status, 0);
		gate_close(&waiter);
	}
}

/* A waiter must be woken by a publication, not by its time-out: it would take
 * an hour. */
static void
test_wake(void)
{
	TEST("every publication wakes those who sleep") {
		struct gate broker, waiter;
		struct gate_view at;
		struct problem p;
		int ping[2], status;
		pid_t child;
		char c;

		if (pipe(ping) != 0)
			abort();
		open_gate(&broker);
		CHECK_INT(gate_attach(&broker, "wake", 0, &p), 0);
		child = fork();
		if (child == 0) {
			alarm(60);
			open_gate(&waiter);
			for (int64_t i = 1; i <= 500; i++) {
				gate_look(&waiter, "wake", &at);
				if (write(ping[1], "x", 1) != 1)
					_exit(1);
				while (at.seq < i) {
					gate_sleep(&waiter, &at, 3600000);
					gate_look(&waiter, "wake", &at);
				}
			}
			_exit(0);
		}
		for (int64_t i = 1; i <= 500; i++) {
			CHECK_INT(read(ping[0], &c, 1), 1);
			gate_publish(&broker, i, 0);
		}
		waitpid(child, &status, 0);
		CHECK_INT(status, 0);
		gate_close(&broker);
		close(ping[0]);
		close(ping[1]);
	}
	TEST("a waiter sleeps through another session's numbers") {
		struct gate g;
		struct gate_view at;
		struct problem p;
		struct rusage before, after;

		open_gate(&g);
		CHECK_INT(gate_attach(&g, "old", 5, &p), 0);
		gate_publish(&g, 1000, 50);
		getrusage(RUSAGE_SELF, &before);
		for (int i = 0; i < 50; i++) {
			gate_look(&g, "new", &at);
			gate_sleep(&g, &at, 1);
		}
		getrusage(RUSAGE_SELF, &after);
		CHECK(after.ru_nvcsw - before.ru_nvcsw >= 50);
		gate_close(&g);
	}
}

static void
test_killed(void)
{
	TEST("a tbroker killed while it published blocks nobody") {
		struct gate g;
		struct gate_view at;
		struct problem p;
		int status;

		for (int i = 0; i < 60; i++) {
			pid_t child = fork();

			if (child == 0) {
				open_gate(&g);
				if (gate_attach(&g, "killed", 0, &p) != 0)
					_exit(1);
				for (int64_t k = 1;; k++)
					gate_publish(&g, k, 0);
			}
			open_gate(&g);
			do
				gate_look(&g, "killed", &at);
			while (at.seq < 100 + i);
			kill(child, SIGKILL);
			waitpid(child, &status, 0);
			gate_look(&g, "killed", &at);
			CHECK(at.is_attached);
			CHECK(!gate_is_alive(&g));
			gate_forget(&g);
			gate_look(&g, "killed", &at);
			CHECK(!at.is_attached);
			CHECK_INT(gate_attach(&g, "next", 4, &p), 0);
			gate_publish(&g, 2, 8);
			gate_look(&g, "next", &at);
			CHECK_INT(at.seq, 2);
			CHECK_INT(at.lines, 8);
			gate_close(&g);
		}
	}
}

static void
test_session(void)
{
	TEST("naming a session forgets one of that name") {
		struct buf secret = {0};
		struct account a, b;
		char name[SESSION_TEXT];
		struct gate_view at;
		struct problem p;

		CHECK_INT(buf_add_str(&secret, "run"), 0);
		CHECK_INT(account_open_named(&a, folder, &p), 0);
		CHECK_INT(account_name_session(&a, &secret, &p), 0);
		CHECK_INT(gate_attach(&a.gate, a.session, 0, &p), 0);
		gate_publish(&a.gate, 99, 0);
		snprintf(name, sizeof name, "%s", a.session);
		account_close(&a);
		CHECK_INT(account_open_named(&b, folder, &p), 0);
		CHECK_INT(account_name_session(&b, &secret, &p), 0);
		CHECK_STR(b.session, name);
		gate_look(&b.gate, b.session, &at);
		CHECK(!at.is_attached);
		account_close(&b);
		buf_release(&secret);
	}
}

int
main(void)
{
	char key[80];

	if (mkdtemp(folder) == NULL)
		return 1;
	snprintf(path, sizeof path, "%s/gate", folder);
	test_publish();
	test_pairs();
	test_wake();
	test_killed();
	test_session();
	snprintf(key, sizeof key, "%s/key", folder);
	unlink(key);
	unlink(path);
	rmdir(folder);
	return check_done();
}
