#!/bin/sh
# Makes ../time anew. Made with GNU time 1.9, Debian's.
set -eu
to=$(cd "$(dirname "$0")" && pwd)/../time
rm -f "$to/launches.txt" "$to/failed.txt"
run() { /usr/bin/time -v -a -o "$@" || true; }
run "$to/launches.txt" sleep 0.02
run "$to/launches.txt" sleep 0.02
run "$to/launches.txt" head -c 50000000 /dev/zero >/dev/null
run "$to/failed.txt" false
# shellcheck disable=SC2016 # the inner shell is to be killed
run "$to/failed.txt" sh -c 'kill -9 $$'
run "$to/failed.txt" sleep 0.01
