#!/bin/sh
# Makes ../callgrind anew. Made with Debian's valgrind 3.19.0. Of the functions only the first are kept.
set -eu
to=$(cd "$(dirname "$0")" && pwd)/../callgrind
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
run() {
  file=$1
  shift
  valgrind --tool=callgrind --callgrind-out-file="$work/out" "$@" >/dev/null 2>&1
  # Each part has its head, 20 lines of its body, and its totals.
  awk '/^part:|^version:/ { n = 0 } n < 40 || /^totals:/ { print } { n++ }' "$work/out" >"$to/$file"
}
run plain.out /bin/true
run cache.out --cache-sim=yes --branch-sim=yes /bin/echo a b
run parts.out --combine-dumps=yes --dump-every-bb=20000 /bin/true
