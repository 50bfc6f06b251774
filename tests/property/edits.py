"""Edits of a small site, as two clerks, a developer and a failing disk would make them.

Promise: every edit can be made at any time, whatever others were made before; what makes a build
fail is taken back by `mend`, or bears the sign by which it finds it.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from site_builder.delivery.record import record
from site_builder.model.published import LEDGER
from site_builder.pipeline import Site, build
from tests.published import say_what_is_asked_for
from tests.signoffs import ask_for_signoff, sign
from tests.sites import AS_OF, REPOSITORY, SMALL, another

NOTICES = "content/法定主动公开内容/通知公告/2024"
RULES = "content/政府信息公开制度"
REPORT = "content/政府信息公开年报/2017"
ATTACHED = "content/附件/2024"
BAD = "坏"  # stands in every line, and in the name of every file, that makes a build fail
LINKS = ("编号:ZD-1", "编号:TZ-2024-001", "编号:NB-2017", "编号:ZN-1", "https://example.invalid/")
KEY, WAIVER = "豁免:", "豁免:\n  - {规则: V102, 理由: 值班电话经同意公布}\n"
Edit = Callable[[Site, int], None]


def day_of(site: Site) -> date:
    """The day the site is built for."""
    noted = site.root / ".day"
    return date.fromisoformat(noted.read_text("utf-8")) if noted.exists() else AS_OF


def mend(site: Site, _: int = 0) -> None:
    """Take back all that makes a build fail."""
    (site.root / ".day").unlink(missing_ok=True)
    for file in [f for f in site.root.rglob("*") if f.is_file() and is_source(site, f)]:
        if BAD in file.name:
            file.unlink()
        elif file.suffix in (".md", ".yaml", ".csv", ".html"):
            text = file.read_text("utf-8")
            if BAD in text:
                kept = (line for line in text.split("\n") if BAD not in line)
                file.write_text("\n".join(kept), "utf-8")
    for file in (SMALL / "content/附件").rglob("*.*"):
        place = site.root / file.relative_to(SMALL)
        if not place.exists():
            shutil.copy(file, place)
    settle(site)


def is_source(site: Site, file: Path) -> bool:
    return not any(file.is_relative_to(made) for made in (site.output, site.cache))


def settle(site: Site, _: int = 0) -> None:
    """Say of every published address that is gone what the program asks for."""
    if (site.root / LEDGER).exists():
        say_what_is_asked_for(site)


# --- bodies


def body(site: Site, number: int) -> Path:
    """One of the documents, most often a notice."""
    notices = sorted((site.root / NOTICES).glob("*.md"))
    others = [site.root / RULES / "公开制度.md", site.root / REPORT / "报告.md"]
    files = [file for file in (*notices, *notices, *others) if BAD not in file.name]
    return files[number % len(files)]


def add(site: Site, number: int, *, lines: str) -> None:
    file = body(site, number)
    file.write_text(f"{file.read_text('utf-8').rstrip()}\n\n{lines}\n", "utf-8")


def without(site: Site, number: int, *, start: str) -> None:
    """Drop the lines that begin so."""
    file = body(site, number)
    kept = (line for line in file.read_text("utf-8").split("\n") if not line.startswith(start))
    file.write_text("\n".join(kept), "utf-8")


def add_a_paragraph(site: Site, number: int) -> None:
    add(site, number, lines=f"第{number}次修改。")


def edit_three_times(site: Site, number: int) -> None:
    """A build after each, as with a clerk who saves and looks."""
    for again in range(3):
        add(site, number, lines=f"第{number}次修改之{again}。")
        build(site, day_of(site))


def edit_within_the_same_moment(site: Site, number: int) -> None:
    """Built between two changes of one size that bear the same time."""
    add(site, number, lines="共1件。")
    build(site, day_of(site))
    file = body(site, number)
    stat = file.stat()
    file.write_text(file.read_text("utf-8").replace("共1件。", "共2件。"), "utf-8")
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def add_a_link(site: Site, number: int) -> None:
    add(site, number, lines=f"见[链接{number}]({LINKS[number % len(LINKS)]})。")


def remove_the_links(site: Site, number: int) -> None:
    without(site, number, start="见[链接")


def add_a_heading(site: Site, number: int) -> None:
    add(site, number, lines=f"## 小节{number}\n\n一段。\n\n### 小节{number}之一\n\n又一段。")


def remove_the_headings(site: Site, number: int) -> None:
    without(site, number, start="### 小节")
    without(site, number, start="## 小节")


def add_a_table_and_a_list(site: Site, number: int) -> None:
    add(site, number, lines=f"| 甲 | 乙 |\n| --- | ---: |\n| 一 | {number} |\n\n1. 一\n2. 二")


def name_an_attachment(site: Site, number: int) -> None:
    (site.root / ATTACHED / f"附表{number}.csv").write_text(f"甲,{number}\n", "utf-8")
    add(site, number, lines=f"见[链接附表](附件/2024/附表{number}.csv)。")


def list_an_attachment(site: Site, number: int) -> None:
    (site.root / ATTACHED / f"附表{number}.csv").write_text(f"乙,{number}\n", "utf-8")
    line = f"  - {{名称: 附表{number}, 文件: 2024/附表{number}.csv}}"
    file = body(site, number)
    text = file.read_text("utf-8")
    if "附件:\n" in text and line not in text:
        file.write_text(text.replace("附件:\n", f"附件:\n{line}\n", 1), "utf-8")


def name_a_telephone(site: Site, number: int) -> None:
    """An error, unless the document has a waiver for it."""
    add(site, number, lines=f"电话 1380000{number:04}（{BAD}）。")


def waive(site: Site, number: int) -> None:
    file = body(site, number)
    text = file.read_text("utf-8")
    if KEY not in text:
        file.write_text(text.replace("标题: ", f"{WAIVER}标题: ", 1), "utf-8")


def waive_no_longer(site: Site, number: int) -> None:
    file = body(site, number)
    file.write_text(file.read_text("utf-8").replace(WAIVER, ""), "utf-8")


def make_slips(site: Site, number: int) -> None:
    """What is warned of and does not stop a build."""
    add(site, number, lines=f"定于2月30日，截止2024年6月3{number % 2 + 1}日，布告如下。")


def link_to_nothing(site: Site, number: int) -> None:
    add(site, number, lines=f"见[{BAD}](编号:WU-{number})。")


def name_a_missing_attachment(site: Site, number: int) -> None:
    add(site, number, lines=f"见[{BAD}](附件/2024/没有{number}.csv)。")


def empty_the_body(site: Site, number: int) -> None:
    file = body(site, number)
    head = file.read_text("utf-8").split("\n---\n")[0]
    file.write_text(f"{head}\n---\n\n一段。\n", "utf-8")


# --- fields


def set_field(site: Site, number: int, *, name: str, value: str) -> None:
    """Replace the line of a field, or leave it out where the value is empty."""
    file = body(site, number)
    head, mark, rest = file.read_text("utf-8").partition("\n---\n")
    lines = [line for line in head.split("\n") if not line.startswith(f"{name}:")]
    lines += [f"{name}: {value}"] if value else []
    file.write_text("\n".join(lines) + mark + rest, "utf-8")


def edit_a_title(site: Site, number: int) -> None:
    set_field(site, number, name="标题", value=f"关于示例事项的通知（第{number}版）")


def edit_a_date(site: Site, number: int) -> None:
    """Some lie in the future: the document is not out yet."""
    value = f"2024-0{4 + number % 5}-1{number}"
    set_field(site, number, name="公开日期", value=value if number else "")


def edit_a_summary(site: Site, number: int) -> None:
    set_field(site, number, name="内容概述", value=f"示例概述{number}。" if number % 3 else "")


def close_a_document(site: Site, number: int) -> None:
    value = "不予公开" if number % 2 else "主动公开"
    set_field(site, number, name="公开属性", value=value)


def break_a_date(site: Site, number: int) -> None:
    file = site.root / NOTICES / f"{BAD}{number}.md"
    text = another((SMALL / NOTICES / "征地.md").read_text("utf-8"), f"TZ-2024-8{number}")
    file.write_text(text.replace("公开日期: 2024-03-04", "公开日期: 2024-02-30"), "utf-8")


def use_a_number_twice(site: Site, number: int) -> None:
    file = site.root / NOTICES / f"{BAD}重{number}.md"
    file.write_text((SMALL / NOTICES / "征地.md").read_text("utf-8"), "utf-8")


# --- documents


def add_a_document(site: Site, number: int) -> None:
    text = (SMALL / NOTICES / "征地.md").read_text("utf-8")
    text = another(text, f"TZ-2024-1{number}").replace("2024-03-04", f"2024-04-{number + 1:02}")
    (site.root / NOTICES / f"新增{number}.md").write_text(text, "utf-8")


def remove_a_document(site: Site, number: int) -> None:
    added = sorted((site.root / NOTICES).glob("新增*.md"))
    if added:
        added[number % len(added)].unlink()


def rename_a_source(site: Site, number: int) -> None:
    file = body(site, number)
    if file.parent.name == "2024":
        file.rename(file.with_name(f"{file.stem.rstrip('0123456789')}{number}{number}.md"))


def move_a_document(site: Site, number: int) -> None:
    """To another column, and back with another number."""
    added = sorted((site.root / NOTICES).glob("新增*.md"))
    moved = sorted((site.root / RULES).glob("新增*.md"))
    if added and number % 2:
        added[0].rename(site.root / RULES / added[0].name)
    elif moved:
        moved[0].rename(site.root / NOTICES / moved[0].name)


def edit_an_attachment(site: Site, number: int) -> None:
    files = sorted((site.root / ATTACHED).glob("*.csv"))
    if files:
        files[number % len(files)].write_text(f"甲,乙\n{number},{number}\n", "utf-8")


def lose_an_attachment(site: Site, number: int) -> None:
    """An error as long as a document names it; `mend` brings back the first one."""
    files = sorted((site.root / ATTACHED).glob("补偿标准*.csv"))
    if files and number % 2:
        files[0].unlink()


# --- what stands beside documents


def fill_in_the_table_differently(site: Site, number: int) -> None:
    table = site.root / REPORT / "统计.csv"
    lines = table.read_text("utf-8-sig").split("\n")
    lines = [f"六、举报投诉数量,件,{number}\n" if "六、" in line else line for line in lines]
    table.write_text("\n".join(lines), "utf-8")


def spoil_the_table(site: Site, number: int) -> None:
    table = site.root / REPORT / "统计.csv"
    with table.open("a", encoding="utf-8") as stream:
        stream.write(f"{BAD}行{number},件,很多\n")


def write_a_register(site: Site, number: int) -> None:
    file = site.root / "content/政府信息公开年报/登记.yaml"
    entry = f"{{年度: {2008 + number}, 种类: 年度报告, 标题: {2008 + number}年年报}}"
    file.write_text(f"出处: 某材料\n登记:\n  - {entry}\n", "utf-8")


def drop_the_register(site: Site, _: int) -> None:
    (site.root / "content/政府信息公开年报/登记.yaml").unlink(missing_ok=True)


def write_a_list_of_rules(site: Site, number: int) -> None:
    text = f"目录:\n  - {{名称: 办法{number}, 出处: 某材料, 条目: [示例制度{number}]}}\n"
    (site.root / RULES / "制度目录.yaml").write_text(text, "utf-8")


def write_own_words(site: Site, number: int) -> None:
    """Every document is held to them."""
    word = ("布告", "示例", "修改")[number % 3]
    text = f"用词:\n  - 词: [{word}]\n    应为: 公告\n    说明: 本单位不再用“{word}”。\n"
    (site.root / "content/用词.yaml").write_text(text, "utf-8")


def drop_own_words(site: Site, _: int) -> None:
    (site.root / "content/用词.yaml").unlink(missing_ok=True)


def ask_for_approval(site: Site, number: int) -> None:
    """From now on what is not signed off is not shown."""
    if "\nreview:\n" not in (site.root / "config.yaml").read_text("utf-8"):
        ask_for_signoff(site, "  columns: [fd/tzgg]\n" if number % 2 else "")


def ask_no_longer(site: Site, _: int) -> None:
    config = site.root / "config.yaml"
    config.write_text(config.read_text("utf-8").partition("review:\n")[0], "utf-8")


def approve(site: Site, number: int) -> None:
    """As far as can be: nothing is signed in a site with errors."""
    try:
        sign(site, steps=1 + number % 4)
    except AssertionError:
        return


def record_what_is_published(site: Site, _: int) -> None:
    settle(site)
    build(site, day_of(site))
    record(site, day_of(site))


def build_for_another_day(site: Site, number: int) -> None:
    day = AS_OF + timedelta(days=40 * number - 100)
    (site.root / ".day").write_text(day.isoformat(), "utf-8")


# --- what a developer changes


def rename_the_bureau(site: Site, number: int) -> None:
    config = site.root / "config.yaml"
    lines = config.read_text("utf-8").split("\n")
    lines = [f"  bureau: 示例{number}局" if "  bureau:" in line else line for line in lines]
    config.write_text("\n".join(lines), "utf-8")


def give_the_site_an_address(site: Site, number: int) -> None:
    config = site.root / "config.yaml"
    url = f"https://example.invalid/{number}/" if number % 3 else ""
    lines = config.read_text("utf-8").split("\n")
    lines = [f'  url: "{url}"' if line.startswith("  url:") else line for line in lines]
    config.write_text("\n".join(lines), "utf-8")


def break_the_configuration(site: Site, number: int) -> None:
    config = site.root / "config.yaml"
    text = config.read_text("utf-8")
    config.write_text(text.replace("contact:\n", f"  {BAD}{number}: 1\ncontact:\n", 1), "utf-8")


def override_a_template(site: Site, number: int) -> None:
    own = site.root / "templates/parts/footer.html"
    own.parent.mkdir(parents=True, exist_ok=True)
    original = (REPOSITORY / "templates/parts/footer.html").read_text("utf-8")
    own.write_text(original.replace("<footer", f"<!-- {number} --><footer"), "utf-8")


def break_a_template(site: Site, number: int) -> None:
    own = site.root / f"templates/pages/{('home', 'document', 'site_map')[number % 3]}.html"
    own.parent.mkdir(parents=True, exist_ok=True)
    original = REPOSITORY / own.relative_to(site.root)
    own.write_text(f"{original.read_text('utf-8')}\n{{{{ page.{BAD} }}}}\n", "utf-8")


def drop_the_templates(site: Site, _: int) -> None:
    shutil.rmtree(site.root / "templates", ignore_errors=True)


def add_a_form(site: Site, number: int) -> None:
    """Rows of the region's own, which the report does not fill in."""
    form = site.root / "schemas/local.yaml"
    form.parent.mkdir(exist_ok=True)
    rows = f"[{{id: Z1, label: 补充数{number}, type: count, unit: 件}}]"
    table = f"tables: [{{id: main, rows: {rows}}}]"
    form.write_text(
        f"id: local\nextends: annual-2014\ncites: {{title: 地方补充表}}\n{table}\n", "utf-8"
    )
    config = site.root / "config.yaml"
    forms = "forms: [local]" if number % 2 else "forms: []"
    text = config.read_text("utf-8").replace("forms: []", forms).replace("forms: [local]", forms)
    config.write_text(text, "utf-8")


# --- what happens to the output and to the notes


def spoil_an_output(site: Site, number: int) -> None:
    pages = sorted(site.output.rglob("*.html"))
    if pages:
        pages[number % len(pages)].write_bytes(b"spoilt")


def lose_an_output(site: Site, number: int) -> None:
    pages = sorted(site.output.rglob("*.*"))
    if pages:
        pages[number % len(pages)].unlink()


def notes_of(site: Site) -> list[Path]:
    return sorted(file for file in site.cache.glob("*") if file.suffix != ".lock")


def spoil_a_note(site: Site, number: int) -> None:
    notes = notes_of(site)
    if notes:
        file = notes[number % len(notes)]
        file.write_bytes(file.read_bytes()[: -1 - number])


def swap_the_notes(site: Site, number: int) -> None:
    notes = notes_of(site)
    texts = [file.read_bytes() for file in notes]
    random.Random(number).shuffle(texts)
    for file, text in zip(notes, texts, strict=True):
        file.write_bytes(text)


def drop_the_notes(site: Site, _: int) -> None:
    shutil.rmtree(site.cache, ignore_errors=True)


BODIES: tuple[Edit, ...] = (
    add_a_paragraph,
    edit_three_times,
    edit_within_the_same_moment,
    add_a_link,
    remove_the_links,
    add_a_heading,
    remove_the_headings,
    add_a_table_and_a_list,
    name_an_attachment,
    list_an_attachment,
    name_a_telephone,
    waive,
    waive_no_longer,
    make_slips,
    link_to_nothing,
    name_a_missing_attachment,
    empty_the_body,
)
OTHERS: tuple[Edit, ...] = (
    edit_a_title,
    edit_a_date,
    edit_a_summary,
    close_a_document,
    break_a_date,
    use_a_number_twice,
    add_a_document,
    remove_a_document,
    rename_a_source,
    move_a_document,
    edit_an_attachment,
    lose_an_attachment,
    fill_in_the_table_differently,
    spoil_the_table,
    write_a_register,
    drop_the_register,
    write_a_list_of_rules,
    write_own_words,
    drop_own_words,
    ask_for_approval,
    ask_no_longer,
    approve,
    record_what_is_published,
    build_for_another_day,
    rename_the_bureau,
    give_the_site_an_address,
    break_the_configuration,
    override_a_template,
    break_a_template,
    drop_the_templates,
    add_a_form,
    spoil_an_output,
    lose_an_output,
    spoil_a_note,
    swap_the_notes,
    drop_the_notes,
    settle,
    mend,
)
# What may lose the trace. While an error keeps the output from following, that leaves the files of
# pages that went meanwhile to nobody (O202).
FORGETFUL = (spoil_a_note, swap_the_notes, drop_the_notes)
# What happens behind the back of a process that is told of saves.
BEHIND = (spoil_an_output, lose_an_output, spoil_a_note, swap_the_notes, drop_the_notes)
