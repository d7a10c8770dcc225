#!/bin/sh
# Makes junit/pytest.xml. Made with pytest 9.0.3.
set -eu
fixtures=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/test_it.py" <<'END'
import time

import pytest


def test_fast():
    time.sleep(0.01)


@pytest.mark.parametrize("n", [1, 2])
def test_param(n):
    assert n < 2, 'n & "m" <b>'


@pytest.mark.skip(reason="not here")
def test_skipped():
    pass


@pytest.fixture
def broken():
    raise RuntimeError("no resource")


def test_error(broken):
    pass


@pytest.mark.xfail
def test_xfail():
    assert False


class TestGroup:
    def test_fast(self):
        pass
END
cd "$folder"
pytest --quiet -p no:cacheprovider --junitxml=report.xml test_it.py || true
sed -e "s|$folder|/package|g" -e 's|hostname="[^"]*"|hostname="host"|' report.xml \
  > "$fixtures/junit/pytest.xml"
