/* SPDX-License-Identifier: MIT */
/* The program trun: splits a pipeline and links its stages. */
#include "run/trun.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "run/stages.h"
#include "run/words.h"
#include "stage/chain.h"

struct trun {
	struct words words;
	struct chain_part *parts; /* owned */
};

static const struct option_row options[] = {{0}};

/* How wide the bytes before the caret are, as the message shows them. */
static int
shown_width(const char *s, size_t n)
{
	struct buf shown = {0};
	int width = 0;

	text_add_visible(&shown, s, n, n);
	for (size_t i = 0; i < shown.len; i++)
		width += (shown.data[i] & 0xc0) != 0x80;
	buf_release(&shown);
	return width;
}

/* Shows the line that is wrong, with a caret under the place. */
static int
refuse_words(struct stage *s, const struct words *w)
{
	const char *at = s->argv[0] + w->column - 1, *line = at;

	while (line > s->argv[0] && line[-1] != '\n')
		line--;
	if (line[strspn(line, " \t\n")] == '\0')
		return stage_fail(s, EXIT_USAGE, "%s", w->what);
	if (w->found == '\0')
		return stage_fail(s, EXIT_USAGE, "%s\n  %s", w->what, line);
	return stage_fail(s, EXIT_USAGE, "%s '%.1s'\n  %.*s\n  %*s^", w->what,
	    at, (int)strcspn(line, "\n"), line,
	    shown_width(line, (size_t)(at - line)), "");
}

static int
refuse_program(struct stage *s, const char *name)
{
	const char *near = stage_nearest(name);

	if (near != NULL)
		return stage_fail(s, EXIT_USAGE, "'%s' is no program of tape "
		    "(did you mean '%s'?)", name, near);
	return stage_fail(s, EXIT_USAGE, "'%s' is no program of tape (trun "
	    "links tfeed to treport; use the shell's pipe for others)", name);
}

/* Where in the pipe a stage may stand. */
static int
check_place(struct stage *s, const struct stage_desc *d, int i, int count)
{
	if (d->kind == STAGE_SOURCE && i > 0)
		return stage_fail(s, EXIT_USAGE, "%s reads no pipe: it can "
		    "only come first", d->name);
	if (d->kind == STAGE_SINK && i + 1 < count)
		return stage_fail(s, EXIT_USAGE, "%s writes text: it can only "
		    "come last", d->name);
	return 0;
}

static int
open_stage(struct stage *s)
{
	struct trun *t = s->state;
	struct words *w = &t->words;

	if (s->argc != 1)
		return stage_fail(s, EXIT_USAGE, "%s (quote it: trun 'tfeed "
		    "... | tbroker paper')", s->argc == 0 ?
		    "which pipeline?" : "one pipeline, in quotes");
	if (words_split(s->argv[0], w) != 0)
		return refuse_words(s, w);
	t->parts = calloc((size_t)w->count, sizeof *t->parts);
	if (t->parts == NULL)
		return stage_fail_memory(s);
	for (int i = 0; i < w->count; i++) {
		struct words_program *p = &w->programs[i];

		t->parts[i].desc = stage_find(p->argv[0]);
		t->parts[i].argc = p->argc;
		t->parts[i].argv = p->argv;
		if (t->parts[i].desc == NULL)
			return refuse_program(s, p->argv[0]);
		if (check_place(s, t->parts[i].desc, i, w->count) != 0)
			return -1;
	}
	return 0;
}

/* Words move while options are read; what was split is freed by this copy. */
static char **
copy_argv(const struct words_program *p)
{
	char **argv = calloc((size_t)p->argc + 1, sizeof *argv);

	for (int i = 0; argv != NULL && i < p->argc; i++)
		argv[i] = p->argv[i];
	return argv;
}

/* The chain inside has its own stages, reader and writer; signals and standard
 * output are the outer one's, which has nothing to do meanwhile. */
static int
run(struct stage *s)
{
	struct trun *t = s->state;
	struct chain c = {.signals = s->chain->signals, .fused = 1};
	int leave, status;

	for (int i = 0; i < t->words.count; i++) {
		t->parts[i].argv = copy_argv(&t->words.programs[i]);
		if (t->parts[i].argv == NULL)
			return EXIT_SYSTEM;
	}
	s->chain->signals = -1;
	chain_open(&c, t->parts, t->words.count, &leave);
	if (!leave)
		chain_run(&c);
	writer_flush(&c);
	s->chain->out.is_broken = c.out.is_broken;
	status = chain_close(&c);
	for (int i = 0; i < t->words.count; i++)
		free(t->parts[i].argv);
	return status;
}

static void
close_stage(struct stage *s)
{
	struct trun *t = s->state;

	words_release(&t->words);
	free(t->parts);
}

static const char *const examples[] = {
    "trun 'tfeed GOOG.csv | tfeat sma:10 | tsignal @momentum | trisk --limits "
    "unlimited | torder | tbroker paper | treport'",
    "trun 'tclean --jump 10% | tfeat rsi:14' < bars.ndjson",
    "trun \"$(cat strategy.pipe)\" > run.ndjson",
    NULL,
};

const struct stage_desc trun_stage = {
    .name = "trun",
    .summary = "run a pipeline of tape's programs inside one process",
    .synopsis = "'PIPELINE'",
    .examples = examples,
    .records = "those of the programs in the pipeline; the same bytes as the "
	"shell's pipe",
    .options = options,
    .state_size = sizeof(struct trun),
    .kind = STAGE_RUNNER,
    .open = open_stage,
    .run = run,
    .close = close_stage,
};
