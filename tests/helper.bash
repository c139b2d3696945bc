# SPDX-License-Identifier: MIT
# What the bats files share: the programs of the build in $B, the smallest
# command line of each, and input that each understands.
# shellcheck disable=SC2034 # used by those that load this
bats_require_minimum_version 1.5.0

TOP=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
BUILD=$(cd "$TOP/${B:-build}" 2>/dev/null || cd "${B:-build}" && pwd)
PATH=$BUILD/bin:$PATH
export TOP BUILD PATH

mapfile -t TOOLS < <(cd "$TOP/cmd" && printf '%s\n' *.c | sed 's/\.c$//')
# Programs that read records from standard input, in the order of the pipe.
FILTERS=(tclean tfeat tsignal trisk torder tbroker treport)
# The others, which need no standard input.
OTHERS=(tfeed trun)

# argv_of TOOL: the smallest command line that does its work, in ARGV.
argv_of() {
	ARGV=("$1")
	case $1 in
	tfeed) ARGV+=('gen:1,20,2') ;;
	tfeat) ARGV+=(sma:3 sma:5) ;;
	tsignal) ARGV+=('buy when sma_3 crosses above sma_5'
	    'sell when sma_3 crosses below sma_5') ;;
	trisk) ARGV+=(-q --limits unlimited --size fixed:10 --account none) ;;
	tbroker) ARGV+=(-q paper) ;;
	trun) ARGV+=('tfeed gen:1,20,2 | tclean') ;;
	esac
}

# run_tool TOOL [ARG...]: that, with more arguments.
run_tool() {
	argv_of "$1"
	shift
	"${ARGV[@]}" "$@"
}

# feed TOOL BARS: what a filter reads in the usual pipe, of two symbols. For
# treport that is a whole run on a private account.
feed() {
	case $1 in
	tclean) tfeed "gen:1,$2,2" ;;
	tfeat) feed tclean "$2" | tclean ;;
	tsignal) feed tfeat "$2" | run_tool tfeat ;;
	trisk | tbroker) feed tsignal "$2" | run_tool tsignal ;;
	torder) feed trisk "$2" | run_tool trisk ;;
	treport) feed trisk "$2" | trisk --limits unlimited --size fixed:10 |
	    torder | tbroker paper ;;
	esac
}

# fail MESSAGE: ends a test with the reason. A loop over programs names the
# one at fault.
fail() {
	printf '%s\n' "$@" >&2
	return 1
}

# same FILE FILE WHAT
same() {
	cmp "$1" "$2" >&2 || {
		diff "$1" "$2" | head -n 10 | cut -c 1-300 >&2
		fail "$3: not the same bytes"
	}
}
