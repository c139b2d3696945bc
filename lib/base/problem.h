/* SPDX-License-Identifier: MIT */
/* Why a library function failed: an exit status and a sentence, for the stage
 * that called it to pass to stage_fail. */
#ifndef TAPE_PROBLEM_H
#define TAPE_PROBLEM_H

struct problem {
	int status; /* EXIT_* of stage/stage.h */
	char text[320];
};

/* Fills p and returns -1. */
int problem_set(struct problem *p, int status, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* "what 'name': reason of errno", status 1. */
int problem_errno(struct problem *p, const char *what, const char *name);

#endif
