/* SPDX-License-Identifier: MIT */
/* What tfeat says of its features: --list and --explain. */
#include <string.h>

#include "feature/state.h"

static int
explain(struct stage *s, struct buf *text)
{
	const struct feature *f;
	const char *name, *near;
	int i;
	if (s->argc == 0)
		return stage_fail(s, EXIT_USAGE, "--explain needs a NAME "
		    "(tfeat --list names them)");
	for (i = 0; i < s->argc; i++) {
		name = s->argv[i];
		f = feature_find(name, strcspn(name, ":"));
		if (f == NULL) {
			near = feature_nearest(name, strcspn(name, ":"));
			return stage_fail(s, EXIT_USAGE,
			    "unknown feature '%.60s'%s%s%s", name,
			    near != NULL ? " (did you mean '" : "",
			    near != NULL ? near : "",
			    near != NULL ? "'?)" : "");
		}
		if ((i > 0 && buf_add_char(text, '\n') < 0) ||
		    feature_explain(f, text) < 0)
			return stage_fail_memory(s);
	}
	return 0;
}

int
tfeat_show(struct stage *s, int which)
{
	struct tfeat *t = s->state;
	struct buf text = {0};
	int e;
	if (which == SHOW_EXPLAIN)
		e = explain(s, &text);
	else if (t->json ? feature_list_json(&text) : feature_list(&text))
		e = stage_fail_memory(s);
	else
		e = 0;
	if (e == 0)
		e = stage_write(s, text.data, text.len);
	buf_release(&text);
	return e;
}
