#!/bin/sh
# Makes parameters.csv in ../hyperfine-csv anew. Made with Debian's hyperfine 1.15.0.
set -eu
to=$(cd "$(dirname "$0")" && pwd)/../hyperfine-csv
hyperfine --shell=none --runs 3 --export-csv "$to/parameters.csv" \
  --parameter-list ms 1,2 --command-name 'sleep, briefly' 'sleep 0.00{ms}'
