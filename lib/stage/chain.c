/* SPDX-License-Identifier: MIT */
/* Stages linked in one process: opening, moving records, ending, closing. */
#include "stage/chain.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

int
chain_signals(struct chain *c)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	if (sigprocmask(SIG_BLOCK, &set, NULL) != 0)
		return -1;
	c->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	return c->signals < 0 ? -1 : 0;
}

void
chain_stop(struct chain *c)
{
	sigset_t set;
	struct signalfd_siginfo info;

	while (read(c->signals, &info, sizeof info) > 0)
		;
	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	c->is_stopping = 1;
}

int
stage_is_stopping(struct stage *s)
{
	struct chain *c = s->chain;
	struct pollfd p = {.fd = c->signals, .events = POLLIN};

	if (!c->is_stopping && (c->polls++ & 1023) == 0 &&
	    poll(&p, 1, 0) > 0 && (p.revents & POLLIN))
		chain_stop(c);
	return c->is_stopping;
}

int
stage_leads_to(const struct stage *s, const char *name)
{
	while ((s = s->next) != NULL)
		if (strcmp(s->desc->name, name) == 0)
			return 1;
	return 0;
}

static int
act(struct stage *s, const struct option_row *row)
{
	struct buf b = {0};
	int rc = -1;

	if (row->min == HELP_LONG)
		rc = help_long(s->desc, &b);
	else if (row->min == HELP_SHORT)
		rc = help_short(s->desc, &b);
	else if (row->min == HELP_VERSION)
		rc = help_version(s->desc, &b);
	else
		rc = help_generate(s->desc, s->common.generate, &b);
	if (rc != 0)
		stage_fail(s, EXIT_USAGE, "cannot generate '%s' (wants man, "
		    "bash, zsh or fish)", s->common.generate);
	else
		rc = stage_write(s, b.data, b.len);
	buf_release(&b);
	return rc;
}

static int
is_common(const struct option_row *row)
{
	for (const struct option_row *r = common_options; r->name != NULL; r++)
		if (r == row)
			return 1;
	return 0;
}

static int
keep_argv(struct stage *s, int argc, char **argv)
{
	s->full_argc = argc;
	s->full_argv = malloc(((size_t)argc + 1) * sizeof *argv);
	if (s->full_argv == NULL)
		return stage_fail_memory(s);
	memcpy(s->full_argv, argv, ((size_t)argc + 1) * sizeof *argv);
	return 0;
}

static int
open_errors(struct stage *s)
{
	if (s->common.errors == NULL)
		return 0;
	s->errors = fopen(s->common.errors, "we");
	if (s->errors == NULL)
		return stage_fail(s, EXIT_USAGE, "cannot write '%s': %s",
		    s->common.errors, strerror(errno));
	return 0;
}

/* A filter at a terminal with nothing to read says what it wants. */
static int
refuse_terminal(struct stage *s)
{
	struct buf b = {0};

	if (s != s->chain->stages || s->desc->kind == STAGE_SOURCE ||
	    s->desc->kind == STAGE_RUNNER || !isatty(STDIN_FILENO))
		return 0;
	s->status = EXIT_USAGE;
	if (help_short(s->desc, &b) == 0 &&
	    write(STDERR_FILENO, b.data, b.len) < 0)
		s->status = EXIT_SYSTEM;
	buf_release(&b);
	return -1;
}

static int
stage_open(struct stage *s, const struct chain_part *part, int *leave)
{
	const struct option_row *action;
	struct option_error e;

	s->state = calloc(1, s->desc->state_size + 1);
	if (s->state == NULL || keep_argv(s, part->argc, part->argv) != 0)
		return stage_fail_memory(s);
	s->argc = option_parse(s->desc->options, s->state, common_options,
	    &s->common, part->argc, part->argv, &action, &e);
	if (s->argc < 0)
		return stage_fail(s, EXIT_USAGE, "%s", e.text);
	s->argv = part->argv + 1;
	s->argv[s->argc] = NULL;
	if (action != NULL) {
		*leave = 1;
		return is_common(action) ? act(s, action) :
		    s->desc->extra(s, (int)action->min);
	}
	if (open_errors(s) != 0 || refuse_terminal(s) != 0)
		return -1;
	return s->desc->open == NULL ? 0 : s->desc->open(s);
}

/* Where moving stopped: the rightmost stage that failed, or -1. */
static int
failed_stage(const struct chain *c)
{
	for (int i = c->count - 1; i >= 0; i--)
		if (c->stages[i].status != EXIT_OK)
			return i;
	return -1;
}

int
chain_open(struct chain *c, const struct chain_part *parts, int count,
    int *leave)
{
	*leave = 0;
	c->in.fd = -1;
	c->out.fd = STDOUT_FILENO;
	c->stages = calloc((size_t)count, sizeof *c->stages);
	if (c->stages == NULL)
		return -1;
	for (int i = 0; i < count; i++) {
		c->stages[i].desc = parts[i].desc;
		c->stages[i].chain = c;
		if (i + 1 < count)
			c->stages[i].next = &c->stages[i + 1];
	}
	c->count = count;
	/* As in a shell's pipe each one says what is wrong with its options. */
	for (int i = 0; i < count && !*leave; i++)
		stage_open(&c->stages[i], &parts[i], leave);
	if (reader_init(&c->in, STDIN_FILENO) != 0)
		return stage_fail_memory(&c->stages[0]);
	return failed_stage(c) < 0 ? 0 : -1;
}

static int
stage_take(struct stage *s, struct record *r)
{
	if (r->type == REC_META)
		s->has_meta = 1;
	else if (r->type == REC_END)
		s->has_end = 1;
	if (s->desc->record != NULL)
		return s->desc->record(s, r);
	return r->type == REC_META || r->type == REC_END ?
	    stage_pass_meta(s, r) : stage_emit(s, r);
}

int
stage_emit(struct stage *s, struct record *r)
{
	if (s->next != NULL)
		return stage_take(s->next, r);
	return writer_record(s->chain, r);
}

static int
is_blank(const char *line, size_t n)
{
	while (n > 0 && (line[n - 1] == ' ' || line[n - 1] == '\t' ||
	    line[n - 1] == '\r'))
		n--;
	return n == 0;
}

static int
refuse_line(struct stage *s, const char *line, size_t n,
    const struct record_error *e)
{
	if (s->errors == NULL)
		return stage_fail_record(s, e);
	return stage_reject(s, NULL, s->line, e->column, e->what, line, n);
}

/* Feeds the first stage from stdin. */
static void
run_lines(struct chain *c)
{
	struct stage *s = &c->stages[0];
	struct record_error e;
	const char *line;
	size_t n;

	while (!c->is_stopping && reader_line(c, &line, &n) == 1) {
		if (is_blank(line, n))
			continue;
		if (record_parse(&c->in.record, line, n, &e) != 0) {
			if (refuse_line(s, line, n, &e) != 0)
				return;
		} else if (stage_take(s, &c->in.record) != 0) {
			return;
		}
	}
	s->line = 0;
}

/* Every stage after one that failed sees its input break off, and its end. */
static void
end_stages(struct chain *c)
{
	for (int i = failed_stage(c) + 1; i < c->count; i++) {
		struct stage *s = &c->stages[i];

		if (c->out.is_broken)
			return;
		s->truncated = s->has_meta && !s->has_end;
		if (s->desc->end != NULL && s->desc->end(s) != 0 &&
		    s->status == EXIT_OK && !c->out.is_broken)
			s->status = c->stages[c->count - 1].status;
	}
}

void
chain_run(struct chain *c)
{
	struct stage *first = &c->stages[0];

	if (failed_stage(c) >= 0) {
		/* Those behind it get no input, and come to their end. */
	} else if (first->desc->kind == STAGE_RUNNER)
		first->status = first->desc->run(first);
	else if (first->desc->kind == STAGE_SOURCE)
		first->desc->run(first);
	else
		run_lines(c);
	end_stages(c);
}

static void
close_errors(struct stage *s)
{
	if (s->rejects > 5)
		stage_note(s, "... and %llu more refused (see %s)",
		    (unsigned long long)s->rejects - 5, s->common.errors);
	if (s->errors != NULL && fclose(s->errors) != 0)
		stage_fail_errno(s, "cannot write", s->common.errors);
	s->errors = NULL;
}

static void
free_stage(struct stage *s)
{
	close_errors(s);
	if (s->state != NULL)
		option_release(s->desc->options, s->state);
	free(s->state);
	free(s->full_argv);
}

int
chain_close(struct chain *c)
{
	int status = EXIT_OK;

	writer_flush(c);
	/* The last first: trisk lends its account to those behind it. */
	for (int i = c->count - 1; i >= 0; i--)
		if (c->stages[i].desc->close != NULL &&
		    c->stages[i].state != NULL)
			c->stages[i].desc->close(&c->stages[i]);
	for (int i = 0; i < c->count; i++) {
		free_stage(&c->stages[i]);
		if (c->stages[i].status != EXIT_OK)
			status = c->stages[i].status;
	}
	free(c->stages);
	reader_release(&c->in);
	buf_release(&c->out.out);
	if (c->signals > 0)
		close(c->signals);
	return status;
}

/* Ends as a program whose reader has gone does, and a shell expects. */
static int
die_of_pipe(void)
{
	signal(SIGPIPE, SIG_DFL);
	raise(SIGPIPE);
	return EXIT_SYSTEM;
}

/* A standard descriptor that is closed must not become the next file opened,
 * the ledger for one: it is held by one that can be neither read nor written. */
static int
hold_standard(void)
{
	int fd;

	do
		fd = open("/", O_PATH | O_CLOEXEC);
	while (fd >= 0 && fd <= STDERR_FILENO);
	return fd < 0 ? -1 : close(fd);
}

int
stage_main(const struct stage_desc *d, int argc, char **argv)
{
	struct chain_part part = {.desc = d, .argc = argc, .argv = argv};
	struct chain c = {.signals = -1};
	int leave, is_broken, status;

	if (argc < 1 || hold_standard() != 0 || chain_signals(&c) != 0)
		return EXIT_SYSTEM;
	if (chain_open(&c, &part, 1, &leave) == 0 && !leave)
		chain_run(&c);
	writer_flush(&c);
	is_broken = c.out.is_broken;
	status = chain_close(&c);
	return is_broken && status == EXIT_OK ? die_of_pipe() : status;
}
