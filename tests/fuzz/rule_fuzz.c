/* SPDX-License-Identifier: MIT */
/* Any bytes as a rule: refused with a message, or read, printed and read back
 * to the same text, and run to what its definition says. */
#include <stdlib.h>

#include "../unit/rule_oracle.h"
#include "signal/code.h"
#include "signal/mixin.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Reads the text without ever opening a file. */
static int
read_text(struct rules *r, const char *text)
{
	int32_t source = rules_source(r, "fuzz", text, strlen(text));
	if (source < 0)
		abort();
	return text[0] == '@'
		   ? mixin_add_rules(r, source, r->sources[source].text)
		   : rule_parse(r, source, NULL, NULL);
}

static void
check_normal_form(const struct rules *r)
{
	struct rules again = {.tool = "fuzz"};
	struct buf first = {0}, second = {0};
	if (rule_print(r, &r->rules[0], &first) != 0)
		abort();
	/* an expansion may be longer than what a rule may be */
	if (first.len <= RULE_TEXT_MAX) {
		if (read_text(&again, buf_str(&first)) < 0 &&
		    strstr(buf_str(&again.errors), "too ") == NULL)
			abort();
		if (again.nerrors == 0 &&
		    (rule_print(&again, &again.rules[0], &second) != 0 ||
			strcmp(first.data, buf_str(&second)) != 0))
			abort();
	}
	buf_release(&first);
	buf_release(&second);
	rules_release(&again);
}

/* Steps that the oracle takes for a node on one bar, about; -1: it does not
 * know the node. */
static double
cost(const struct rules *r, int32_t i)
{
	const struct node *n = &r->nodes[i];
	double sum = 1;
	char last = n->is_bool ? 'd' : 'c';
	char from = n->is_bool ? 'd' : 'a';
	if (n->op == N_NAME &&
	    (n->text_len != 1 || n->text[0] < from || n->text[0] > last))
		return -1;
	if (n->op >= N_HOUR || (n->op >= N_FLOOR && n->op <= N_ROUND))
		return -1;
	for (int k = 0; k < 3 && n->kid[k] >= 0; k++) {
		double one = cost(r, n->kid[k]);
		if (one < 0)
			return -1;
		sum += one;
	}
	if (n->op == N_SINCE)
		return sum * ORACLE_BARS;
	return n->op == N_BACK ? sum : sum * (2 + n->n);
}

/* Clauses may name other fields than the oracle's columns. */
static int
has_columns(const struct code *c)
{
	int yes = c->ninputs <= ORACLE_COLUMNS * 2;
	for (uint32_t i = 0; i < c->ninputs; i++)
		yes &= c->inputs[i].len == 1 && c->inputs[i].name[0] >= 'a' &&
		       c->inputs[i].name[0] <= 'd';
	return yes;
}

static void
check_values(const struct rules *r, const struct code *c, unsigned seed)
{
	struct oracle o = {.r = r};
	struct code_state *s = code_state_new(c);
	double in[ORACLE_COLUMNS * 2], work = cost(r, r->rules[0].when);
	int has_oracle = work > 0 && work < 2000;
	for (int t = 0; has_oracle && t < ORACLE_BARS; t++) {
		for (int k = 0; k < ORACLE_COLUMNS; k++) {
			seed = seed * 1103515245 + 12345;
			double x = (double)(seed >> 16 & 7) - 3;
			o.data[k][t] = x == 4 ? (double)NAN : k < 3 ? x : x > 0;
		}
		for (uint32_t i = 0; i < c->ninputs; i++)
			in[i] = o.data[c->inputs[i].name[0] - 'a'][t];
		code_run(c, s, in, NULL);
		double x = code_value(c, s, r->rules[0].when);
		double want = oracle_value(&o, r->rules[0].when, t);
		if (x != want && !(isnan(x) && isnan(want)))
			abort();
	}
	free(s);
}

/* What is not for the oracle must still run. */
static void
run_blind(const struct code *c)
{
	struct code_state *s = code_state_new(c);
	double *in = calloc(c->ninputs + 1, sizeof(*in));
	for (int t = 0; t < 20 && s != NULL && in != NULL; t++) {
		double clock[CLOCKS] = {
		    t % 24, t % 7, t, t / 7, t / 30, NAN, NAN, 1};
		for (uint32_t i = 0; i < c->ninputs; i++)
			in[i] = (double)((t * 7 + (int)i * 3) % 11) - 4;
		code_run(c, s, in, clock);
	}
	free(in);
	free(s);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rules r = {.tool = "fuzz"};
	struct code c = {0};
	char *text = strndup((const char *)data, size);
	if (text != NULL && read_text(&r, text) == 0) {
		check_normal_form(&r);
		if (code_compile(&c, &r) == 0) {
			run_blind(&c);
			if (has_columns(&c) && r.nrules == 1)
				check_values(&r, &c, (unsigned)size);
		}
	} else if (text != NULL && r.errors.len == 0)
		abort();
	code_release(&c);
	rules_release(&r);
	free(text);
	return 0;
}
