#!/bin/sh
# Installs a hashed lock into the environment of the given Python, with uv when it is there, then this project.
set -eu
python=$1
lock=$2
if command -v uv >/dev/null 2>&1; then
    uv pip install --quiet --python "$python" --require-hashes -r "$lock"
    uv pip install --quiet --python "$python" --no-deps --no-build-isolation -e .
else
    "$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
    "$python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
fi
