"""登记发布: what was put online is recorded once, in lines that nobody can change unseen."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.cli.commands import commands
from site_builder.delivery.record import record
from site_builder.model.published import FOLDER, LEDGER, LOG
from site_builder.pipeline import Site, build, site_at
from tests.delivery.programs import DAY, ended, run, start
from tests.published import NOTICE, addresses, found, published_site
from tests.signoffs import ask_for_signoff, sign
from tests.sites import AS_OF, SMALL, another, built, copy_of, replace_in

PAGE = "wj/tz-2024-001.html"
REPORT = "content/政府信息公开年报/2017/报告.md"
DATE = "公开日期: 2024-03-04"
LATER = AS_OF.replace(month=7)


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published_site(tmp_path_factory.mktemp("portal") / "site").root


@pytest.fixture
def site(portal: Path, tmp_path: Path) -> Site:
    """A site that is online and recorded."""
    shutil.copytree(portal, tmp_path / "site")
    return site_at(tmp_path / "site")


def test_pages_and_downloads_are_recorded_and_what_programs_read_is_not(site: Site) -> None:
    recorded = addresses(site)
    assert recorded == sorted(recorded)
    assert {"index.html", "wj/tz-2024-001.html", "fj/2024/补偿标准.csv"} <= set(recorded)
    assert {"gknb/2017/tongji.xlsx", "gknb/2017/tongji.json"} <= set(recorded)
    assert not {"404.html", "assets/site.css", "assets/site.js"} & set(recorded)
    assert not {"wj/index.html", "fj/2024/index.html"} & set(recorded)  # they only lead on


def test_recording_again_changes_no_byte(site: Site) -> None:
    before = written(site)
    assert record(site, LATER).lines == 0
    assert written(site) == before


def test_nothing_is_recorded_while_there_is_an_error(site: Site) -> None:
    before = written(site)
    replace_in(site.root / NOTICE, "标题: ", new="标提: ")
    assert record(site, AS_OF).failed
    assert written(site) == before


def test_a_further_record_only_adds_to_the_log(site: Site) -> None:
    before = written(site)[1]
    replace_in(site.root / NOTICE, "| 示例一 | 1.20 |", new="| 示例一 | 1.50 |")
    built(site, LATER)
    assert record(site, LATER).lines == 1
    assert written(site)[1].startswith(before)
    assert written(site)[1].removeprefix(before).startswith("2024-07-01,变更,TZ-2024-001,".encode())


def test_two_clerks_who_record_at_once_write_every_line_once(tmp_path: Path) -> None:
    site, alone = (copy_of(SMALL, tmp_path / name) for name in ("site", "alone"))
    for one in (site, alone):
        built(one)
    processes = [start("--site", str(site.root), "record", *DAY) for _ in range(2)]
    said = [ended(process) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], said
    assert sorted("登记完毕" in text for text in said) == [False, True]
    record(alone, AS_OF)
    assert written(site) == written(alone)


def test_a_day_that_has_not_come_is_not_recorded(site: Site) -> None:
    before = written(site)
    ran = run("--site", str(site.root), "record", "--as-of", "2999-01-01")
    assert ran.returncode == 2
    assert "还没有到" in ran.stdout
    assert written(site) == before


@pytest.mark.parametrize("fault", [KeyboardInterrupt, PermissionError])
@pytest.mark.parametrize("recorded_before", [True, False])
def test_a_record_that_stopped_between_its_two_files_counts_and_is_finished_by_the_next(
    site: Site, monkeypatch: pytest.MonkeyPatch, fault: type[BaseException], recorded_before: bool
) -> None:
    """A power cut, or a ledger that stands open in a spreadsheet program."""
    if not recorded_before:
        shutil.rmtree((site.root / LEDGER).parent)
    add_a_notice(site)
    stop_between_the_files(site, monkeypatch, fault)
    assert not found(site, "D552") + found(site, "P117")
    assert not build(site, AS_OF).failed
    assert record(site, AS_OF).lines == 0
    assert "wj/tz-2024-002.html" in addresses(site)
    assert sorted(file.name for file in (site.root / LEDGER).parent.iterdir()) == names(LEDGER, LOG)
    assert not build(site, AS_OF).failed


def test_a_log_cut_after_such_a_stop_is_noticed_all_the_same(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_a_notice(site)
    stop_between_the_files(site, monkeypatch, KeyboardInterrupt)
    lines = (site.root / LOG).read_text("utf-8").split("\n")
    (site.root / LOG).write_text("\n".join(the_last_line(lines)), "utf-8")
    assert found(site, "D552")


def stop_between_the_files(
    site: Site, monkeypatch: pytest.MonkeyPatch, fault: type[BaseException]
) -> None:
    whole = Path.replace

    def stopped(file: Path, target: Path) -> Path:
        if target.name == "网址.csv":
            raise fault
        return whole(file, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", stopped)
        if issubclass(fault, OSError):
            assert record(site, AS_OF).failed
        else:
            with pytest.raises(fault):
                record(site, AS_OF)


def names(*paths: str) -> list[str]:
    return sorted(Path(path).name for path in paths)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_files_saved_again_by_a_spreadsheet_program_are_still_what_they_were(
    site: Site, encoding: str
) -> None:
    for name in (LEDGER, LOG):
        text = (site.root / name).read_text("utf-8-sig")
        text = text.replace("2024-06-01", "2024/6/1").replace("\n", "\r\n")
        (site.root / name).write_bytes(text.encode(encoding))
    assert not build(site, AS_OF).failed
    assert record(site, AS_OF).lines == 0


def the_last_line(lines: list[str]) -> list[str]:
    return lines[:-2] + lines[-1:]


def a_line_between(lines: list[str]) -> list[str]:
    return lines[:2] + lines[3:]


def all_but_the_heading(lines: list[str]) -> list[str]:
    return [lines[0], lines[-1]]


@pytest.mark.parametrize("name", [LEDGER, LOG])
@pytest.mark.parametrize("without", [the_last_line, a_line_between, all_but_the_heading])
def test_a_line_that_was_taken_out_is_noticed(
    site: Site, name: str, without: Callable[[list[str]], list[str]]
) -> None:
    file = site.root / name
    file.write_text("\n".join(without(file.read_text("utf-8").split("\n"))), "utf-8")
    assert found(site, "P117" if name == LEDGER else "D552")


def test_a_line_that_was_rewritten_is_told_apart_from_one_taken_out(site: Site) -> None:
    count = len(addresses(site))
    replace_in(site.root / LEDGER, "wj/tz-2024-001.html", new="wj/tz-2024-009.html")
    (rewritten,) = found(site, "P117")
    assert rewritten.message == "与登记的不一致：有的行改过"
    file = site.root / LEDGER
    file.write_text("\n".join(all_but_the_heading(file.read_text("utf-8").split("\n"))), "utf-8")
    (cut,) = found(site, "P117")
    assert cut.message.startswith(f"与登记的不一致：登记时共 {count} 个网址，现在共 ")


@pytest.mark.parametrize("name", [LEDGER, LOG])
def test_a_file_that_was_taken_away_is_noticed(site: Site, name: str) -> None:
    (site.root / name).unlink()
    assert found(site, "P117") or found(site, "D552")


def test_a_publication_date_may_be_put_right_where_a_dated_note_says_so(site: Site) -> None:
    note = "更正:\n  - {日期: 2024-05-01, 说明: 公开日期由2024-03-04更正为2024-03-05，录入有误。}"
    replace_in(site.root / NOTICE, DATE, new=f"公开日期: 2024-03-05\n{note}")
    assert not found(site, "D550")
    built(site)
    assert record(site, AS_OF).lines == 1
    replace_in(site.root / NOTICE, "公开日期: 2024-03-05", new="公开日期: 2024-03-06")
    assert found(site, "D550"), "the note was for the former change"


def test_another_id_does_not_hide_another_date(site: Site) -> None:
    replace_in(site.root / NOTICE, "编号: TZ-2024-001", new="编号: TZ-2024-009")
    replace_in(site.root / NOTICE, DATE, new="公开日期: 2024-03-01")
    assert found(site, "D550")


def test_a_date_that_was_not_known_may_be_filled_in(tmp_path: Path) -> None:
    site = copy_of(SMALL, tmp_path / "site")
    replace_in(site.root / NOTICE, f"{DATE}\n", new="")
    built(site)
    record(site, AS_OF)
    replace_in(site.root / NOTICE, "主题分类", new=f"{DATE}\n主题分类")
    assert not found(site, "D550")


def test_a_changed_text_is_let_pass_with_a_note_and_the_note_must_stay(site: Site) -> None:
    text = (site.root / NOTICE).read_text("utf-8")
    note = "更正:\n  - {日期: 2024-05-01, 说明: 面积由1.20更正为1.50。}\n公开日期"
    changed = text.replace("| 1.20 |", "| 1.50 |").replace("公开日期", note, 1)
    (site.root / NOTICE).write_text(changed, "utf-8")
    assert not found(site, "D551")
    built(site)
    record(site, AS_OF)
    (site.root / NOTICE).write_text(text, "utf-8")
    assert ["不能删" in problem.message for problem in found(site, "D551")] == [True]


def test_a_changed_figure_or_file_counts_as_a_changed_text(site: Site) -> None:
    (site.root / "content/附件/2024/补偿标准.csv").write_text("另一份\n", "utf-8")
    table = site.root / "content/政府信息公开年报/2017/统计.csv"
    lines = table.read_text("utf-8-sig").split("\n")
    table.write_text(
        "\n".join("六、举报投诉数量,件,7" if "六、" in x else x for x in lines), "utf-8"
    )
    assert len(found(site, "D551")) == 2


def test_the_guide_is_kept_up_to_date_without_notes(site: Site) -> None:
    guide = site.root / "content/政府信息公开指南/指南.md"
    replace_in(guide, "本指南为示例。", new="本指南为示例，已经更新。")
    assert not found(site, "D551")
    built(site)
    assert record(site, AS_OF).lines == 1


def test_a_validity_that_changes_is_no_changed_text(site: Site) -> None:
    replace_in(
        site.root / NOTICE, "现行有效", new="已失效\n废止日期: 2024-05-01\n废止依据: 有效期届满"
    )
    assert not found(site, "D551")


def test_a_report_may_have_notes_and_its_page_shows_them(site: Site) -> None:
    note = "更正:\n  - {日期: 2024-05-01, 说明: 第二部分“示列”改为“示例”。}\n年度:"
    replace_in(site.root / REPORT, "年度:", new=note)
    built(site)
    page = (site.output / "gknb/2017/index.html").read_text("utf-8")
    assert "<h2>更正记录</h2>" in page
    assert "第二部分“示列”改为“示例”。" in page


def test_a_list_marks_what_is_no_longer_in_force(site: Site) -> None:
    replace_in(
        site.root / NOTICE, "现行有效", new="已失效\n废止日期: 2024-05-01\n废止依据: 有效期届满"
    )
    built(site)
    mark = '<span class="tag lacking">已失效</span>'
    for name in ("index.html", "fd/tzgg/index.html", "fd/tzgg/2024/index.html"):
        assert mark in (site.output / name).read_text("utf-8"), name
    assert "的公告（已失效）</a>" in (site.output / "map.html").read_text("utf-8")


def add_a_notice(site: Site) -> None:
    text = another((site.root / NOTICE).read_text("utf-8"), "TZ-2024-002")
    (site.root / NOTICE).with_name("第二份.md").write_text(text, "utf-8")
    built(site)


def written(site: Site) -> tuple[bytes, bytes]:
    """The two recorded files."""
    return (site.root / LEDGER).read_bytes(), (site.root / LOG).read_bytes()


def test_what_was_published_and_waits_for_its_signatures_keeps_its_page_until_they_are_given(
    site: Site,
) -> None:
    ask_for_signoff(site)
    sign(site)
    built(site)
    before = (site.output / PAGE).read_bytes()
    replace_in(site.root / NOTICE, "公告如下", new="公告如后")
    result = build(site, AS_OF)
    (problem,) = (p for p in result.problems if p.code == "P110")
    assert "它的内容还没有审签，等承办人" in problem.message
    assert problem.hint.startswith("签好以后再生成，在此之前 output/ 保持原样。")
    assert (site.output / PAGE).read_bytes() == before
    sign(site)
    built(site)
    assert (site.output / PAGE).read_bytes() != before


def test_a_log_that_was_lost_is_missed_by_the_machine_that_wrote_it(site: Site) -> None:
    typed = ["--site", str(site.root), "record", *DAY]
    before = (site.root / LOG).read_bytes()
    assert "注意" not in CliRunner().invoke(commands, typed).output
    shutil.rmtree(site.root / FOLDER)
    anew = CliRunner().invoke(commands, typed)
    assert anew.exit_code == 0
    assert "注意：这台电脑以前登记过" in anew.output
    assert (site.root / LOG).read_bytes() == before
