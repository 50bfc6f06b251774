"""The register of applications: read from a file that stands outside `content/`.

Promise: nothing of it can be published, since no build reads it; a fault is told at its line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from site_builder.model.requests import Request, RequestBook, applicants, results
from site_builder.model.tables import FormTable
from site_builder.model.values import Scalar
from site_builder.problems import Problem, errors
from site_builder.sources.decode import decode
from site_builder.sources.files import read_bytes
from site_builder.sources.texts import read_text
from site_builder.sources.yaml_reader import read_yaml

PATH = "登记/依申请公开.yaml"
OWN = {"S101": "S201", "S102": "S202", "S103": "S203"}  # the decoder's faults, for this file
WORDS = {"申请人类型": "applicant", "处理结果": "result"}
ORDER = (
    ("收到日期", "received"),
    ("补正告知", "asked"),
    ("补正收到", "completed"),
    ("答复日期", "answered"),
)
INNER = (("收到日期", "received"), ("征求意见", "consulted"), ("意见收到", "heard"))


def read_requests(root: Path, path: str = PATH) -> tuple[RequestBook | None, tuple[Problem, ...]]:
    """The register, or None with every reason why not."""
    data, problems = read_bytes(root, path)
    text, found = read_text(data, path) if not problems else ("", ())
    problems += found
    value, found = read_yaml(text, path) if not errors(problems) else (None, ())
    problems += found
    if value is None:
        return None, problems
    book, found = decode(RequestBook, value, family="S")
    return book, (*problems, *(replace(p, code=OWN.get(p.code, p.code)) for p in found))


def check_requests(book: RequestBook, part: FormTable) -> Iterator[Problem]:
    """Numbers used once, kinds and results of the official table, dates in order."""
    first: dict[str, Request] = {}
    for request in book.requests:
        other = first.setdefault(request.id, request)
        if other is not request:
            related = (other.origin.at("编号"),)
            message = f"编号“{request.id}”已经用过"
            yield Problem("S204", request.origin.at("编号"), message, related=related)
        at = request.origin.at
        said = {label: Scalar(getattr(request, name), at(label)) for label, name in WORDS.items()}
        yield from check_words(said, part)
        if bool(request.result) != bool(request.answered):
            lacking = "答复日期" if request.result else "处理结果"
            message = f"{request.id}没有写{lacking}：答复日期和处理结果要么都写，要么都不写"
            yield Problem("S206", request.origin.at(lacking), message)
        yield from _date_faults(request)


def check_words(said: Mapping[str, Scalar], part: FormTable) -> Iterator[Problem]:
    """The words that the official table has for kinds of applicants and for results."""
    of_table = (("申请人类型", "这一类申请人", applicants), ("处理结果", "这种处理结果", results))
    for label, what, words in of_table:
        written, known = said.get(label), words(part)
        if written and written.text and written.text not in known:
            hint = f"可以写的有：{'、'.join(known)}。"
            message = f"统计表没有“{written.text}”{what}"
            yield Problem("S205", written.place, message, hint=hint)


def _date_faults(request: Request) -> Iterator[Problem]:
    for fields in (ORDER, INNER):
        known = [(label, day) for label, name in fields if (day := getattr(request, name))]
        for (before, earlier), (label, later) in pairwise(known):
            if later < earlier:
                message = f"{request.id}的{label} {later} 早于{before} {earlier}"
                yield Problem("S207", request.origin.at(label), message)
    if request.heard and not request.consulted:
        message = f"{request.id}写了意见收到 {request.heard}，没有写征求意见的日期"
        hint = "补上“征求意见”的日期；没有它，这段时间不能从答复期限里扣除。"
        yield Problem("S207", request.origin.at("意见收到"), message, hint=hint)
