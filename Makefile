# Everything here runs in .venv, which the first command makes; nothing is installed elsewhere,
# save the Debian packages that `make test` names. PYTHON chooses the Python that .venv is made from.

.DEFAULT_GOAL := help
.PHONY: help site check serve demo test bench lock clean runtime development environment

python := .venv/bin/python
pip := $(python) -m pip --disable-pip-version-check -qq

# Python 3.11 and 3.12 read the path of an editable install in the locale's encoding; with LC_ALL=C
# a folder with a Chinese name could not be read. Without it Python takes UTF-8.
ifneq ($(filter C POSIX,$(LC_ALL)),)
unexport LC_ALL
endif

export HYPOTHESIS_STORAGE_DIRECTORY := .cache/hypothesis

help:
	@echo '用法：make 目标'
	@echo '  site    生成网站到 output/（第一次会先安装所需的程序）'
	@echo '  check   只检查 content/，不生成'
	@echo '  serve   边改边看：本机预览，保存后自动更新'
	@echo '  demo    生成示例网站：2008年以来的年报、预决算和三百多篇文件，均为虚构'
	@echo '  test    代码检查和全部测试'
	@echo '  bench   与 Hugo、Pelican、Eleventy 比较快慢：SIZE=文件数（1000） ROUNDS=轮数（3）'
	@echo '  lock    重写 requirements*.lock；UPGRADE=--upgrade 同时升到最新版本'
	@echo '  clean   删除 .venv 和工具缓存（不动 output/ 与生成记录）'
	@echo '变量：PYTHON=用哪个 Python（3.11 或更新）建立 .venv'

site: runtime
	@$(python) -m site_builder build

check: runtime
	@$(python) -m site_builder check

serve: runtime
	@$(python) -m site_builder serve

# On its own day: later it would be warned that there has been nothing new for so long.
demo: runtime
	@echo '正在生成示例网站，里面的机关、文号和数字都是虚构的 …'
	@$(python) -m site_builder --site examples/示例市自然资源局 build --as-of 2026-11-22

test: development
	@sh tests/setup.sh
	$(python) -m ruff check
	$(python) -m ruff format --check
	$(python) -m mypy $(wildcard site_builder tests bench examples)
	.venv/bin/lint-imports --no-logo --no-cache
	$(python) -m pytest -n 2 --dist loadfile

# Writes its tables into docs/benchmarks.md. 10000 documents take about ten minutes a round.
bench: SIZE ?= 1000
bench: ROUNDS ?= 3
bench: runtime
	@sh bench/setup.sh
	$(python) -m bench $(SIZE) $(ROUNDS)

# The development lock repeats the versions of the runtime lock.
lock: environment
	@$(pip) install 'uv==0.13.9'
	$(compile) --extra build --output-file requirements.lock
	$(compile) --all-extras --constraint requirements.lock --output-file requirements-dev.lock

compile = $(python) -m uv pip compile pyproject.toml --quiet --universal --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' $(UPGRADE)

clean:
	rm -rf .venv .cache/browser-tools .cache/hypothesis .cache/mypy .cache/pytest .cache/ruff
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

runtime: environment
	@$(call install,requirements.lock)

development: environment
	@$(call install,requirements-dev.lock)

# A stamp named after the lock and the project spares the second run. The editable install points at
# the project by a relative path: Python 3.11 and 3.12 read it in the locale's encoding, so that an
# absolute one with Chinese characters would stop every start under LC_ALL=C.
install = stamp=.venv/installed-$$(cat $(1) pyproject.toml | cksum | tr ' ' -); \
	if [ -e "$$stamp" ]; then exit; fi; \
	echo '正在安装 $(1) …'; \
	$(pip) install --require-hashes -r $(1) && \
	$(pip) install --no-deps --no-build-isolation --editable . && \
	for pth in .venv/lib/python3*/site-packages/_editable_impl_site_builder.pth; do \
		echo ../../../.. >"$$pth" || exit; \
	done && \
	touch "$$stamp"

# An environment holds its own path and that of its Python: when the folder has moved or that Python
# is gone, a new one is made. A Python without ensurepip could install nothing in it.
environment:
	@here=$$(pwd -P); \
	if [ "$$(cat .venv/place 2>/dev/null)" = "$$here" ] && $(python) -c '' 2>/dev/null; then exit; fi; \
	set -- $${PYTHON:+"$$PYTHON"}; \
	if [ $$# -eq 0 ]; then set -- python3.13 python3.12 python3.11 python3; fi; \
	fit='import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))'; \
	for candidate; do \
		if "$$candidate" -c "$$fit" >/dev/null 2>&1; then \
			echo "正在用 $$candidate 建立 .venv …"; \
			"$$candidate" -m venv --clear .venv && echo "$$here" >.venv/place; \
			exit; \
		fi; \
	done; \
	echo "没有找到带 venv 的 Python 3.11 或更新版本（找过：$$*）。" >&2; \
	echo '请安装后再试；Debian、Ubuntu：apt-get install python3 python3-venv。' >&2; \
	echo '也可以指明位置：make site PYTHON=/路径/python3' >&2; \
	exit 1
