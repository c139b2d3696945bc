/* SPDX-License-Identifier: MIT */
/* Running tclean inside the test: from lines, or from records made before. */
#ifndef TAPE_CLEAN_RUN_H
#define TAPE_CLEAN_RUN_H

#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "clean/tclean.h"
#include "stage/chain.h"

/* What a run gave. */
struct run {
	int status;
	struct buf out; /* records */
	struct buf errors; /* reject records */
};

static void
run_release(struct run *r)
{
	buf_release(&r->out);
	buf_release(&r->errors);
}

struct collect {
	struct buf *out;
};

/* The last stage of every chain here; its one operand is where to write. */
static int
collect_record(struct stage *s, struct record *r)
{
	struct collect *c = s->state;

	return record_print(r, c->out);
}

static int
collect_open(struct stage *s)
{
	struct collect *c = s->state;

	return sscanf(s->argv[0], "%p", (void **)&c->out) == 1 ? 0 : -1;
}

static const struct option_row no_options[] = { { 0 } };

static const struct stage_desc collect_stage = {
	.name = "collect",
	.options = no_options,
	.state_size = sizeof(struct collect),
	.kind = STAGE_SINK,
	.open = collect_open,
	.record = collect_record,
};

/* Hands on records as a stage in the same process makes them: no line. */
static int
remake_record(struct stage *s, struct record *r)
{
	struct record made;
	int rc = record_init(&made);

	record_make(&made, r->type);
	for (int i = 0; i < r->n && rc == 0; i++) {
		struct key k = { r->f[i].key, r->f[i].key_len, 0, 0};
		struct dec d;

		rc = field_dec(&r->f[i], &d) == 0
		    ? record_put_dec(&made, &k, d)
		    : record_put_field(&made, &r->f[i]);
	}
	if (rc == 0)
		rc = stage_emit(s, &made);
	record_release(&made);
	return rc;
}

static const struct stage_desc remake_stage = {
	.name = "remake",
	.options = no_options,
	.state_size = 1,
	.record = remake_record,
};

static int
file_with(const char *data, size_t n)
{
	FILE *f = tmpfile();

	if (f == NULL || fwrite(data, 1, n, f) != n || fflush(f) != 0)
		exit(1);
	rewind(f);
	return fileno(f); /* open until the test ends */
}

static void
read_all(int fd, struct buf *out)
{
	ssize_t n;

	lseek(fd, 0, SEEK_SET);
	do {
		char *p = buf_reserve(out, 65536);

		n = p == NULL ? -1 : read(fd, p, 65536);
		if (n > 0)
			out->len += (size_t)n;
	} while (n > 0);
}

/* Runs the words of `options` (NULL at the end) over n bytes of input. */
static struct run
run(const char *input, size_t n, int is_fused, const char *const *options)
{
	struct run r = { 0 };
	int in = file_with(input, n), errors = file_with("", 0), leave = 0;
	char name[32], at[32], *argv[24] = { "tclean", "-q", "--errors", name };
	char *collect[] = { "collect", at, NULL };
	char *remake[] = { "remake", NULL };
	struct chain c = { .signals = -1 };
	int argc = 4;

	snprintf(name, sizeof name, "/dev/fd/%d", errors);
	snprintf(at, sizeof at, "%p", (void *)&r.out);
	while (*options != NULL)
		argv[argc++] = (char *)(uintptr_t)*options++;
	argv[argc] = NULL;
	struct chain_part parts[] = {
		{ &remake_stage, 1, remake },
		{ &tclean_stage, argc, argv },
		{ &collect_stage, 2, collect },
	};
	dup2(in, STDIN_FILENO);
	if (chain_open(&c, parts + !is_fused, 2 + is_fused, &leave) == 0)
		chain_run(&c);
	r.status = chain_close(&c);
	read_all(errors, &r.errors);
	close(in);
	close(errors);
	if (buf_str(&r.out) == NULL || buf_str(&r.errors) == NULL)
		exit(1);
	return r;
}

static int
count_of(const char *text, const char *what)
{
	int n = 0;

	for (; (text = strstr(text, what)) != NULL; text += strlen(what))
		n++;
	return n;
}

/* By hand: sanitizers read a string to its end at each strstr. */
static inline void
remove_all(struct buf *b, const char *what)
{
	size_t n = strlen(what), to = 0;

	for (size_t i = 0; i < b->len;) {
		if (b->data[i] == what[0] && b->len - i >= n &&
		    memcmp(b->data + i, what, n) == 0)
			i += n;
		else
			b->data[to++] = b->data[i++];
	}
	b->len = to;
	buf_str(b);
}

#endif
