"""Forms: whether an official form, as written in YAML, is sound in itself.

Promise: a form that passes can be rendered, filled and checked without a surprise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from site_builder.model.library import Library
from site_builder.model.tables import Form, FormTable
from site_builder.problems import Problem


def check_forms(library: Library) -> Iterator[Problem]:
    """Ids that repeat, rules about rows that do not exist, two forms for one year."""
    for form in library.forms:
        yield from _ids(form)
        for table in form.tables:
            yield from _operands(form, table)
    yield from _overlaps(library.forms)


def _ids(form: Form) -> Iterator[Problem]:
    """A row's id is its address, so it stands once in the whole form."""
    counted = Counter(row.id for table in form.tables for _, row in table.walk())
    for row, times in counted.items():
        if times > 1:
            yield _fault(form, f"表式 {form.id} 的行编号 {row} 出现了 {times} 次")


def _operands(form: Form, table: FormTable) -> Iterator[Problem]:
    rows = {row.id for _, row in table.walk()}
    columns = {column.id for column in table.leaves()}
    for rule in table.rules:
        known = rows if rule.over == "rows" else columns
        for id in (*rule.this, *rule.that, *rule.plus, *rule.less):
            if id not in known:
                message = f"规则 {rule.id} 提到的{'行' if rule.over == 'rows' else '列'} {id} 不在表式 {form.id} 中"
                yield Problem("T110", rule.origin.place, message)


def _overlaps(forms: tuple[Form, ...]) -> Iterator[Problem]:
    counted = Counter((form.series, form.since) for form in forms)
    for form in forms:
        if counted[form.series, form.since] > 1:
            yield _fault(form, f"同一系列有两份从 {form.since} 年起适用的表式：{form.id}")


def _fault(form: Form, message: str) -> Problem:
    return Problem("T110", form.origin.place, message)
