"""Arrangements: states of a site that no file in a repository can hold.

Promise: each function brings a copied site into one bad state and says in its name which. What it
gives back, such as a lock, is kept until the command has run.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable

import openpyxl
import pytest
from filelock import FileLock
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from site_builder.pipeline import Site
from tests.bad_content.publications import PUBLISHED
from tests.sites import SMALL, another, replace_in

NOTICES = "content/法定主动公开内容/通知公告/2024"
REPORT = "content/政府信息公开年报/2017"
ACCOUNT = "content/法定主动公开内容/财政预决算/2017/决算"
SPOILT = b"<p>spoilt</p>\n"
MIB = 1024 * 1024
NOTICES_ARE_SIGNED_OFF = """\
review:
  columns: [fd/tzgg]
  steps:
    - {role: 承办人, who: [张三]}
    - {role: 科室负责人, who: [李四]}
    - {role: 办公室, who: [王五]}
    - {role: 主管领导, who: [赵六]}
"""


def give_a_document_a_name_windows_refuses(site: Site) -> None:
    (site.root / NOTICES / "征地.md").rename(site.root / NOTICES / "征地?.md")


def name_two_files_alike_but_for_case(site: Site) -> None:
    (site.root / NOTICES / "Zhengdi.md").write_text(notice("TZ-2024-002"), encoding="utf-8")
    (site.root / NOTICES / "zhengdi.md").write_text(notice("TZ-2024-003"), encoding="utf-8")


def link_an_attachment_from_elsewhere(site: Site) -> None:
    attachment = site.root / "content/附件/2024/补偿标准.csv"
    attachment.rename(site.root / "补偿标准.csv")
    attachment.symlink_to(site.root / "补偿标准.csv")


def make_a_document_too_large(site: Site) -> None:
    text = notice("TZ-2024-002") + "\n公告内容。" * (2 * MIB // 15)
    (site.root / NOTICES / "长文.md").write_text(text, encoding="utf-8")


def show_a_picture_as_a_camera_gives_it(site: Site) -> None:
    picture = site.root / "content/附件/2024/现场.png"
    Image.new("RGB", (8, 8)).save(picture)
    picture.write_bytes(picture.read_bytes() + bytes(4 * MIB))


def lose_the_content_folder(site: Site) -> None:
    shutil.rmtree(site.root / "content")


def fill_in_a_workbook_with_a_broken_formula(site: Site) -> None:
    book, sheet = filled_in()
    sheet["C6"] = "#REF!"
    book.save(site.root / REPORT / "统计.xlsx")


def hide_a_sheet_of_a_workbook(site: Site) -> None:
    book, _ = filled_in()
    book.create_sheet("底稿").sheet_state = "hidden"
    book.save(site.root / REPORT / "统计.xlsx")


def hide_rows_and_a_column_of_a_workbook(site: Site) -> None:
    book, sheet = filled_in()
    sheet.row_dimensions[6].hidden = sheet.row_dimensions[7].hidden = True
    sheet.column_dimensions["B"].hidden = True
    book.save(site.root / REPORT / "统计.xlsx")


def merge_two_figures_of_a_workbook(site: Site) -> None:
    book, sheet = filled_in()
    sheet.merge_cells("C6:C7")
    book.save(site.root / REPORT / "统计.xlsx")


def edit_a_page_by_hand(site: Site) -> None:
    (site.output / "gknb/2017/index.html").write_bytes(SPOILT)


def leave_a_strange_file_in_the_output(site: Site) -> None:
    (site.output / "说明.txt").write_bytes(SPOILT)


def run_another_build(site: Site) -> FileLock:
    lock = FileLock(site.cache / "build.lock")
    lock.acquire()
    return lock


def put_a_file_where_a_folder_belongs(site: Site) -> None:
    shutil.rmtree(site.output / "gknb")
    (site.output / "gknb").write_bytes(SPOILT)


def leave_another_release_online(site: Site) -> None:
    (site.root / "网站/current").symlink_to("releases/20240501-090000-00000000")


def merge_two_figures_of_an_account(site: Site) -> None:
    table = site.root / ACCOUNT / "决算表.csv"
    book = openpyxl.Workbook()
    sheet = book.create_sheet("公开", 0)
    del book["Sheet"]
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    for row in rows:
        sheet.append(row)
    number = next(n for n, row in enumerate(rows, 1) if row[:2] == ["2200102", "一般行政管理事务"])
    sheet.merge_cells(f"C{number}:D{number}")
    book.save(table.with_suffix(".xlsx"))
    table.unlink()


def ask_for_signoff(site: Site) -> None:
    configure(site, NOTICES_ARE_SIGNED_OFF)


def ask_for_signatures(site: Site) -> None:
    configure(site, f"{NOTICES_ARE_SIGNED_OFF}  signers: 审签公钥.txt\n")
    key = "AAAAC3NzaC1lZDI1NTE5AAAAIDOTVR9XArsgPWuvk31Wz4KePCG+fsw1VUIZ0AKhjnK4"
    (site.root / "审签公钥.txt").write_text(f"张三 ssh-ed25519 {key}\n", encoding="utf-8")


def ask_for_signatures_and_lose_the_keys(site: Site) -> None:
    ask_for_signatures(site)
    (site.root / "审签公钥.txt").unlink()


def let_any_key_sign(site: Site) -> None:
    ask_for_signatures(site)
    replace_in(site.root / "config.yaml", ", who: [赵六]", new="")


def name_a_step_twice(site: Site) -> None:
    ask_for_signoff(site)
    replace_in(site.root / "config.yaml", "role: 办公室", new="role: 承办人")


def be_no_demonstration(site: Site) -> None:
    replace_in(site.root / "config.yaml", "demo: true", new="demo: false")


def configure(site: Site, text: str) -> None:
    with (site.root / "config.yaml").open("a", encoding="utf-8") as config:
        config.write(text)


def notice(id: str) -> str:
    """The golden notice under another 编号."""
    text = (SMALL / NOTICES / "征地.md").read_text(encoding="utf-8")
    return another(text, id)


def filled_in() -> tuple[openpyxl.Workbook, Worksheet]:
    """The golden statistics as a workbook, with figures as numbers."""
    book = openpyxl.Workbook()
    sheet = book.create_sheet("统计表", 0)
    del book["Sheet"]
    with (SMALL / REPORT / "统计.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file):
            sheet.append([float(cell) if cell.replace(".", "").isdigit() else cell for cell in row])
    return book, sheet


def put_a_folder_where_a_page_has_to_go(site: Site) -> None:
    (site.root / NOTICES / "征地.md").unlink()
    guide = site.root / "content/政府信息公开指南/指南.md"
    replace_in(guide, "[征收土地公告](编号:TZ-2024-001)", new="征收土地公告")
    page = site.output / "wj/tz-2024-001.html"
    page.unlink()
    page.mkdir()


class Until:
    """What stands in a module for as long as this is kept."""

    def __init__(self, place: str, there: object) -> None:
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(place, there)

    def __del__(self) -> None:
        self.patch.undo()


def change_an_attachment_while_pages_are_rendered(site: Site) -> Until:
    (site.output / "fj/2024/补偿标准.csv").unlink()
    return Until("site_builder.rendering.read_bytes", lambda *_: (b"half of it", ()))


def have_no_memory_for_the_content(_: Site) -> Until:
    def refused(*_: object, **__: object) -> None:
        raise MemoryError

    return Until("site_builder.planning.load", refused)


ARRANGEMENTS: dict[str, Callable[[Site], object]] = {
    "F101-name-windows-refuses": give_a_document_a_name_windows_refuses,
    "F102-names-differ-by-case": name_two_files_alike_but_for_case,
    "F103-symbolic-link": link_an_attachment_from_elsewhere,
    "F104-too-large": make_a_document_too_large,
    "F105-no-content-folder": lose_the_content_folder,
    "F403-formula-error-in-cell": fill_in_a_workbook_with_a_broken_formula,
    "F404-hidden-sheet": hide_a_sheet_of_a_workbook,
    "T215-hidden-rows": hide_rows_and_a_column_of_a_workbook,
    "T216-merged-figures": merge_two_figures_of_a_workbook,
    "T237-merged-figures": merge_two_figures_of_an_account,
    "S101-approval-without-date": ask_for_signoff,
    "S102-misspelt-item": ask_for_signoff,
    "S103-unknown-verdict": ask_for_signoff,
    "S104-unknown-role": ask_for_signoff,
    "S105-out-of-order": ask_for_signoff,
    "S106-step-twice": ask_for_signoff,
    "S107-approval-for-other-content": ask_for_signoff,
    "S108-not-allowed-to-sign": ask_for_signoff,
    "S109-dates-go-backwards": ask_for_signoff,
    "S110-other-openness": ask_for_signoff,
    "S111-not-signed": ask_for_signatures,
    "S112-signature-does-not-hold": ask_for_signatures,
    "S113-signoff-of-nothing": ask_for_signoff,
    "S115-no-file-of-keys": ask_for_signatures_and_lose_the_keys,
    "S120-waits": ask_for_signoff,
    "S121-changed-after-signoff": ask_for_signoff,
    "S122-rejected": ask_for_signoff,
    "S123-link-to-what-waits": ask_for_signoff,
    "S124-signoff-does-not-count": ask_for_signoff,
    "S130-no-chain": be_no_demonstration,
    "S131-step-named-twice": name_a_step_twice,
    "S132-any-key-signs": let_any_key_sign,
    "V307-large-picture": show_a_picture_as_a_camera_gives_it,
    "O201-page-edited-by-hand": edit_a_page_by_hand,
    "O202-strange-file-in-output": leave_a_strange_file_in_the_output,
    "O301-another-build-is-running": run_another_build,
    "O302-output-cannot-be-written": put_a_file_where_a_folder_belongs,
    "O311-only-in-part": put_a_folder_where_a_page_has_to_go,
    "O312-attachment-changed-meanwhile": change_an_attachment_while_pages_are_rendered,
    "O313-out-of-memory": have_no_memory_for_the_content,
    "O501-many-addresses-vanish": leave_another_release_online,
    "O508-publication-log-lost": leave_another_release_online,
    **PUBLISHED,
}
