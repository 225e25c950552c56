#!/bin/sh
# headers.sh: each header of ours compiles alone
# SPDX-License-Identifier: MIT
# usage: headers.sh [root]
cd "${1:-$(dirname "$0")/../..}" || exit 2
find cgi-bin -name '*.h' -print0 |
	xargs -0 -r -n 1 -P "$(nproc)" gcc -std=c11 -D_GNU_SOURCE -Icgi-bin \
		-Wall -Wextra -Werror -fsyntax-only -x c || {
	echo "lint/headers: a header does not compile alone"
	exit 1
}
echo "lint/headers: ok"
