/* SPDX-License-Identifier: MIT */
/* A set of rules: its memory, and messages with a caret under the place. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "signal/rule.h"

enum { ERRORS_SHOWN = 5, CARET_WIDTH = 72 };

void
rules_release(struct rules *r)
{
	for (int32_t i = 0; i < r->nsources; i++) {
		free(r->sources[i].label);
		free(r->sources[i].text);
	}
	for (int i = 0; i < r->nparams; i++) {
		free(r->params[i].name);
		free(r->params[i].value);
	}
	free(r->sources);
	free(r->nodes);
	free(r->rules);
	buf_release(&r->errors);
	buf_release(&r->features);
	memset(r, 0, sizeof(*r));
}

int
rules_fail_memory(struct rules *r)
{
	r->no_memory = 1;
	r->nerrors++;
	return -1;
}

/* Makes room for one more element; the new base, or NULL. */
static void *
grow(void *base, int count, int *cap, size_t size)
{
	if (count < *cap)
		return base;
	int n = *cap > 0 ? *cap * 2 : 16;
	void *p = realloc(base, (size_t)n * size);
	if (p != NULL)
		*cap = n;
	return p;
}

int32_t
rules_source(struct rules *r, const char *label, const char *text, size_t n)
{
	struct rule_source *p =
	    grow(r->sources, r->nsources, &r->sources_cap, sizeof(*p));
	if (p == NULL)
		return rules_fail_memory(r);
	r->sources = p;
	p += r->nsources;
	p->label = strdup(label);
	p->text = strndup(text, n);
	r->nsources++;
	if (p->label == NULL || p->text == NULL)
		return rules_fail_memory(r);
	return r->nsources - 1;
}

int32_t
rules_node(struct rules *r, enum node_op op, int32_t source, const char *at)
{
	struct node *p = grow(r->nodes, r->nnodes, &r->nodes_cap, sizeof(*p));
	if (p == NULL)
		return rules_fail_memory(r);
	r->nodes = p;
	p[r->nnodes] = (struct node){
	    .op = (uint8_t)op, .kid = {-1, -1, -1}, .source = source, .at = at};
	return r->nnodes++;
}

struct rule *
rules_rule(struct rules *r)
{
	struct rule *p = grow(r->rules, r->nrules, &r->rules_cap, sizeof(*p));
	if (p == NULL) {
		rules_fail_memory(r);
		return NULL;
	}
	r->rules = p;
	p += r->nrules++;
	*p = (struct rule){.weight = dec_int(1), .when = -1, .tif = "day"};
	for (int i = 0; i < CLAUSES; i++)
		p->value[i] = -1;
	return p;
}

/* Two indented lines: the text (a window of it when it is long), and a caret
 * under `at`. White space is shown as blanks, one each. */
static int
add_caret(struct buf *out, const char *text, const char *at)
{
	size_t len = strlen(text), col = (size_t)(at - text), from = 0;
	if (len > CARET_WIDTH && col > CARET_WIDTH / 2)
		from = col - CARET_WIDTH / 2;
	size_t n = len - from < CARET_WIDTH ? len - from : CARET_WIDTH;
	size_t caret = from > 0 ? 3 : 0;
	int bad = buf_addf(out, "\n  %s", from > 0 ? "..." : "");
	for (size_t i = 0; i < n; i++) {
		size_t before = out->len;
		char c = text[from + i];
		if (c == '\n' || c == '\t' || c == '\r')
			c = ' ';
		bad |= text_add_visible(out, &c, 1, 1);
		if (from + i < col)
			caret += out->len - before;
	}
	bad |= buf_addf(
	    out, "%s\n  %*s^", from + n < len ? "..." : "", (int)caret, "");
	return bad ? -1 : 0;
}

/* Begins a message, unless enough were shown. */
static int
begin(struct rules *r, const char *label)
{
	if (r->nerrors++ >= ERRORS_SHOWN)
		return 0;
	if (r->nerrors > 1 && buf_addf(&r->errors, "\n%s: ", r->tool) < 0)
		return 0;
	return label == NULL || buf_addf(&r->errors, "%s: ", label) == 0;
}

int
rules_fail(
    struct rules *r, int32_t source, const char *at, const char *fmt, ...)
{
	va_list ap;
	const struct rule_source *s = &r->sources[source];
	if (!begin(r, s->label))
		return -1;
	va_start(ap, fmt);
	int bad = buf_vaddf(&r->errors, fmt, ap);
	va_end(ap);
	if (bad < 0 || (at != NULL && add_caret(&r->errors, s->text, at) < 0))
		r->no_memory = 1;
	return -1;
}

int
rules_fail_plain(struct rules *r, const char *label, const char *fmt, ...)
{
	va_list ap;
	if (!begin(r, label))
		return -1;
	va_start(ap, fmt);
	if (buf_vaddf(&r->errors, fmt, ap) < 0)
		r->no_memory = 1;
	va_end(ap);
	return -1;
}

const struct param *
rules_param(const struct rules *r, const char *s, size_t n)
{
	for (int i = 0; i < r->nparams; i++)
		if (strlen(r->params[i].name) == n &&
		    memcmp(r->params[i].name, s, n) == 0)
			return &r->params[i];
	return NULL;
}

int
rules_set_param(struct rules *r, const char *name, size_t n, const char *value,
    size_t value_len)
{
	struct param *p = &r->params[r->nparams];
	p->name = strndup(name, n);
	p->value = strndup(value, value_len);
	r->nparams++;
	return p->name == NULL || p->value == NULL ? rules_fail_memory(r) : 0;
}
