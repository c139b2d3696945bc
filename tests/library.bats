#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What the library may not do: keep state outside of a stage, print, exit.
load helper

setup() {
	lib=$BUILD/libtape.a
}

@test "the library has no variable: two stages of a kind never meet" {
	# Constant tables with pointers stand in .data.rel.ro, which is written
	# only by the dynamic linker.
	objects=$(objdump -t "$lib" | awk '
		/file format/ { file = $1 }
		$2 ~ /^d/ { next }
		/ \.(data|bss|tdata|tbss)/ || /\*COM\*/ {
			if ($0 !~ / \.data\.rel\.ro/ && $0 !~ / d  \./)
				print file, $0
		}')
	[ -z "$objects" ] || fail "$objects"
	# A build with sanitizers or without PIE would prove nothing.
	objdump -t "$lib" | grep -q '\.data\.rel\.ro' ||
		skip "this build has no .data.rel.ro"
}

@test "only the driver talks: nothing else in the library prints or exits" {
	calls=$(nm -A -u "$lib" | awk '{
		sub(/^.*libtape\.a:/, "")
		sub(/: *U /, " ")
		print
	}' | grep -E ' (_?exit|_Exit|quick_exit|abort|__assert_fail|v?printf|__v?printf_chk|puts|putchar|v?fprintf|__v?fprintf_chk|fputs|fputc|putc|perror|v?dprintf|std(in|out|err)|warnx?|errx?|syslog)$' || :)
	[ -z "$calls" ] || fail "$calls"
}

@test "no number goes through a function that knows the locale" {
	calls=$(nm -A -u "$lib" |
		grep -E ' (strto(d|f|ld)|ato(f|i|l|ll)|s?scanf|__isoc[0-9]*_.*scanf|setlocale|newlocale|uselocale|localeconv|strfmon)$' || :)
	[ -z "$calls" ] || fail "$calls"
}

@test "no shell, no function without bounds, no hidden state of the C library" {
	calls=$(nm -A -u "$lib" |
		grep -E ' (system|popen|gets|strcpy|__strcpy_chk|sprintf|vsprintf|__v?sprintf_chk|strtok|rand|srand|random|drand48|localtime|gmtime|ctime|asctime|tmpnam|mktemp|setenv|putenv|sleep|usleep)$' || :)
	[ -z "$calls" ] || fail "$calls"
}

@test "every source begins with its licence" {
	missing=$(cd "$TOP" && for file in lib/*/*.[ch] lib/*/*.cc cmd/*.c \
	    tests/*/*.[ch]; do
		head -n 1 "$file" | grep -qx '/\* SPDX-License-Identifier: MIT \*/' ||
			echo "$file"
	done)
	[ -z "$missing" ] || fail "$missing"
}
