"""The language of the command line: what the library says of commands, in Chinese.

Promise: help and complaints about wrong use are Chinese, whatever language the machine is set to;
a sentence that is not known here is shown as the library words it.
"""

from __future__ import annotations

from collections.abc import Iterable

import click
from click import core, decorators, exceptions, formatting, parser, types

from site_builder.delivery.messages import breadth

SENTENCES = {
    "Aborted!": "已经停下。",
    "Usage:": "用法：",
    "Options": "选项",
    "Positional arguments": "要写的内容",
    "Commands": "命令",
    "required": "必须写",
    "default: {default}": "默认 {default}",
    "env var: {var}": "环境变量 {var}",
    "(dynamic)": "（到时决定）",
    "Show this message and exit.": "显示这份说明。",
    "Error: {message}": "命令写得不对：{message}",
    "Try '{command} {option}' for help.": "怎样写，请运行 {command} {option}",
    "Missing command.": "没有写命令。",
    "Missing argument": "没有写",
    "Missing option": "没有写选项",
    "Missing parameter": "没有写",
    "Missing {param_type}": "没有写",
    "Missing parameter: {param_name}": "没有写 {param_name}",
    "Choose from:\n\t{choices}": "可以写：\n\t{choices}",
    "No such option {name!r}.": "没有选项 {name}。",
    "No such command {name!r}.": "没有命令 {name}。",
    "Did you mean {possibility}?": "是不是 {possibility}？",
    "Invalid value: {message}": "{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} {message}",
    "Got unexpected extra argument ({args})": "多写了“{args}”。",
    "Takes {nargs} values but 1 was given.": "要写 {nargs} 个，现在是 {len} 个。",
    "{len_type} values are required, but {len_value} was given.": (
        "要写 {len_type} 个，现在是 {len_value} 个。"
    ),
    "Value must be an iterable.": "要写几个。",
    "Argument {name!r} takes {nargs} values.": "{name} 要写 {nargs} 个。",
    "Option {name!r} does not take a value.": "选项 {name} 后面不写内容。",
    "Option {name!r} requires an argument.": "选项 {name} 后面要写内容。",
    "{value!r} is not {choice}.": "不能写“{value}”，可以写：{choices}。",
    "{value!r} does not match the format {format}.": (
        "不能写“{value}”，要写有的日期，如 2026-01-31。"
    ),
    "{value!r} is not a valid {number_type}.": "不能写“{value}”，要写整数。",
    "{value!r} is not a valid boolean. Recognized values: {states}": (
        "不能写“{value}”，可以写：{states}"
    ),
    "{value} is not in the range {range}.": "不能写 {value}，要在 {range} 以内。",
    "Could not open file {filename!r}: {message}": "打不开“{filename}”：{message}",
    "unknown error": "原因不明",
}
SPEAKERS = (core, decorators, exceptions, formatting, parser, types)


class Lines(click.HelpFormatter):
    """Help whose columns stand below each other though Chinese characters are twice as wide."""

    def write_heading(self, heading: str) -> None:
        """The name of a list."""
        self.write(f"{heading}：\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Names and what they mean; the terminal itself breaks a line that is too long."""
        rows, margin = tuple(rows), " " * self.current_indent
        column = min(max(_width(name) for name, _ in rows), col_max)
        for name, meaning in rows:
            fits = _width(name) <= column
            filled = " " * (column - _width(name)) if fits else f"\n{margin}{' ' * column}"
            self.write(f"{margin}{name}{filled}{' ' * col_spacing}{meaning}".rstrip() + "\n")


class Context(click.Context):
    """The library asks here how help is set."""

    formatter_class = Lines


def in_chinese(command: click.Command) -> None:
    """A command with all that stand below it; the sentences are those of the whole process."""
    for module in SPEAKERS:  # the library would ask the machine for its language
        vars(module).update(_=_said, ngettext=_counted)
    command.context_class, command.options_metavar = Context, "[选项]"
    if isinstance(command, click.Group):
        command.subcommand_metavar = "命令 ..."
        for inner in command.commands.values():
            in_chinese(inner)


def _width(text: str) -> int:
    return sum(map(breadth, text))


def _said(sentence: str) -> str:
    return SENTENCES.get(sentence, sentence)


def _counted(one: str, many: str, count: int) -> str:
    return SENTENCES.get(one, one if count == 1 else many)
