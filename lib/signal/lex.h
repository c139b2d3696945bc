/* SPDX-License-Identifier: MIT */
/* Words, numbers and signs of a rule. */
#ifndef TAPE_SIGNAL_LEX_H
#define TAPE_SIGNAL_LEX_H

#include "signal/rule.h"

enum token_kind {
	T_END,
	T_NUMBER, /* 5, 5%, $NAME */
	T_WORD,   /* names and keywords; stop-loss, take-profit, max-bars */
	T_SIGN,   /* ( ) [ ] , + - * / < > = and <= >= != */
	T_MIXIN,  /* @volume:2,20 */
};

enum { SIGN_LE = 256, SIGN_GE, SIGN_NE };

struct token {
	enum token_kind kind;
	int sign;      /* a character, or SIGN_ */
	const char *s; /* in the source */
	size_t len;
	const char *digits; /* T_NUMBER: its text without %, or the param's */
	size_t digits_len;
	int is_percent;
	double number; /* 5% is 0.05 */
};

struct lexer {
	struct rules *rules;
	int32_t source;
	const char *p;  /* what is not read yet */
	struct token t; /* the token in hand */
};

/* Starts at a place in the source and takes the first token. -1: an error
 * was noted. */
int lex_start(struct lexer *x, struct rules *r, int32_t source, const char *at);
int lex_next(struct lexer *x);
int lex_is_word(const struct lexer *x, const char *word);
int lex_is_sign(const struct lexer *x, int sign);
/* An error at the token in hand. Returns -1. */
int lex_fail(struct lexer *x, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* "unknown word 'crosss' (did you mean 'crosses'?)" for the token in hand. */
int lex_fail_near(
    struct lexer *x, const char *what, const char *const *words, size_t count);

static inline int
lex_is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_';
}

/* The length of the number at s: digits, fraction, exponent; 0: none. */
size_t lex_number_length(const char *s);

#endif
