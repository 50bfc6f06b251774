"""The commands of sign-off as a clerk types them, with real keys where keys are asked for."""

from __future__ import annotations

import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from site_builder.cli.commands import commands
from site_builder.pipeline import Site, build
from site_builder.sources import signatures
from tests.signoffs import (
    CHAIN,
    NOTICE,
    OPINION,
    REPORT,
    ask_for_signoff,
    sign,
    standing_of,
)
from tests.sites import AS_OF, SMALL, copy_of, replace_in

SIGNOFF = NOTICE.replace(".md", ".审签.yaml")
PAGE = "wj/tz-2024-001.html"
REQUIRED = ("--role", CHAIN[0], "--name", "张三")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site that asks for four signatures on everything; nobody has signed."""
    return ask_for_signoff(copy_of(SMALL, tmp_path / "site"))


def review(site: Site, *words: str) -> Result:
    result = CliRunner().invoke(commands, ["--site", str(site.root), "review", *words])
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


def approve(site: Site, role: str, *more: str, item: str = "TZ-2024-001") -> Result:
    given = ("--name", "张三", "--date", "2024-05-20", *more)
    return review(site, "approve", item, "--role", role, *given)


def test_four_approvals_publish_an_item(site: Site) -> None:
    for role, due in pairwise(CHAIN):
        result = approve(site, role)
        assert result.exit_code == 0
        assert f"下一步等{due}审签" in result.output
        build(site, AS_OF)
        assert not (site.output / PAGE).exists()
    assert "审签完毕，下一次生成时公开" in approve(site, CHAIN[-1], "--basis", "第二十条").output
    build(site, AS_OF)
    assert (site.output / PAGE).exists()


def test_the_list_says_what_waits_for_whom_in_the_order_of_the_chain(site: Site) -> None:
    sign(site, [NOTICE], steps=2)
    sign(site, [REPORT])
    replace_in(site.root / REPORT, "12条", new="13条")
    lines = review(site, "status").output.split("\n")
    assert lines[0] == "等待审签的有 5 项："
    rows = [line.split() for line in lines[3:8]]
    assert [row[0] for row in rows] == [*["承办人"] * 4, "办公室"]
    assert ["承办人", "NB-2017", "2017年政府信息公开年度报告", "签后内容改过"] in rows
    assert rows[-1][:2] == ["办公室", "TZ-2024-001"]
    assert rows[-1][-1] == "承办人、科室负责人已签"
    assert "已经审签 0 项，不要求审签 0 项。" in lines


def test_the_list_can_be_that_of_one_step(site: Site) -> None:
    sign(site, [NOTICE], steps=2)
    output = review(site, "status", "--role", "办公室").output
    assert output.startswith("等办公室审签的有 1 项：")
    assert "ZN-1" not in output
    assert review(site, "status", "--role", "主管领导").output.startswith("没有等主管领导审签的。")


@pytest.mark.parametrize(
    "named",
    [
        "TZ-2024-001",
        "关于征收示例村土地的公告",
        NOTICE,
        NOTICE.removeprefix("content/"),
        NOTICE.replace("/", "\\"),
        SIGNOFF,
    ],
)
def test_an_item_is_found_by_its_file_number_or_title(site: Site, named: str) -> None:
    assert approve(site, CHAIN[0], item=named).exit_code == 0
    assert (site.root / SIGNOFF).exists()


def test_the_folder_of_a_year_is_its_report(site: Site) -> None:
    folder = site.root / REPORT.removesuffix("/报告.md")
    assert approve(site, CHAIN[0], item=str(folder)).exit_code == 0
    assert (folder / "审签.yaml").exists()


def test_a_step_out_of_turn_or_for_nothing_is_refused_in_a_sentence(site: Site) -> None:
    for role, said in (
        ("办公室", "现在轮到承办人，还不到办公室。"),
        ("科长", "审签程序里没有“科长”。各步依次是：承办人、科室负责人、办公室、主管领导。"),
    ):
        result = approve(site, role)
        assert (result.exit_code, result.output) == (2, f"{said}\n")
    assert "没有找到“TZ-9”" in approve(site, "承办人", item="TZ-9").output
    assert not (site.root / SIGNOFF).exists()


def test_the_same_step_is_not_taken_twice(site: Site) -> None:
    approve(site, "承办人")
    assert approve(site, "承办人").output == "现在轮到科室负责人，还不到承办人。\n"
    sign(site)
    assert "已经审签完毕，不用再签" in approve(site, "主管领导").output


def test_a_date_before_the_last_step_or_in_the_future_is_refused(site: Site) -> None:
    approve(site, "承办人")
    assert "早于前一步（承办人）" in approve(site, "科室负责人", "--date", "2024-05-19").output
    assert "还没有到" in approve(site, "科室负责人", "--date", "2999-01-01").output
    assert len(standing_of(site, NOTICE).steps) == 1


def test_changed_content_is_signed_from_the_beginning_and_the_old_round_is_kept(
    site: Site,
) -> None:
    sign(site, [NOTICE])
    replace_in(site.root / NOTICE, "公告如下", new="公告如后")
    assert approve(site, "主管领导").output.startswith("内容改过，要从头签；现在轮到承办人")
    assert approve(site, "承办人").exit_code == 0
    assert len(standing_of(site, NOTICE).steps) == 5
    log = review(site, "log", "TZ-2024-001").output
    assert log.count("签的是以前的内容") == 4
    assert "现在：等科室负责人审签，不会公开。" in log


def test_what_is_rejected_says_why_and_begins_anew(site: Site) -> None:
    sign(site, [NOTICE])
    words = ("--role", "主管领导", "--name", "赵六", "--date", "2024-05-21", "--reason", "面积有误")
    result = review(site, "reject", "TZ-2024-001", *words)
    assert "改好以后由承办人重新提出" in result.output
    build(site, AS_OF)
    assert not (site.output / PAGE).exists()
    assert "意见：面积有误" in review(site, "log", "TZ-2024-001").output
    assert "已经退回了" in review(site, "reject", "TZ-2024-001", *words).output
    for role in CHAIN:
        assert approve(site, role, "--date", "2024-05-22").exit_code == 0
    build(site, AS_OF)
    assert (site.output / PAGE).exists()


def test_a_record_with_a_fault_can_be_rejected_and_signed_anew(site: Site) -> None:
    sign(site, [NOTICE], steps=2)
    text = (site.root / SIGNOFF).read_text("utf-8")
    (site.root / SIGNOFF).write_text(text.replace("步骤: 科室负责人", "步骤: 办公室"), "utf-8")
    assert "签在科室负责人前面，次序不对" in approve(site, "办公室").output
    words = ("--role", "办公室", "--name", "王五", "--date", "2024-05-21", "--reason", "重签")
    assert review(site, "reject", NOTICE, *words).exit_code == 0
    assert approve(site, "承办人", "--date", "2024-05-21").exit_code == 0


def test_a_damaged_record_is_never_written_over(site: Site) -> None:
    (site.root / SIGNOFF).write_text("审签：坏了", "utf-8")
    assert "读不懂" in approve(site, "承办人").output
    assert (site.root / SIGNOFF).read_text("utf-8") == "审签：坏了"


@pytest.mark.parametrize("opinion", [OPINION, '引号"与\\斜线: #', "- 列表", "两行\n意见", "无 "])
def test_any_opinion_reads_back_as_it_was_given(site: Site, opinion: str) -> None:
    assert approve(site, "承办人", "--opinion", opinion).exit_code == 0
    (step,) = standing_of(site, NOTICE).steps
    assert step.opinion == " ".join(opinion.split())


def test_without_a_chain_there_is_nothing_to_sign(tmp_path: Path) -> None:
    site = copy_of(SMALL, tmp_path / "site")
    assert "没有写审签程序" in review(site, "status").output
    assert "没有写审签程序" in approve(site, "承办人").output


class Keys:
    """Real SSH keys of the people who sign, those named registered in the site."""

    def __init__(self, folder: Path, site: Site) -> None:
        self.folder, self.site = folder, site

    def make(self, name: str, *, registered: bool = True, options: str = "") -> Path:
        key = self.folder / name
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)]
        subprocess.run(command, check=True)
        if registered:
            public = key.with_suffix(".pub").read_text("utf-8")
            with (self.site.root / "审签公钥.txt").open("a", encoding="utf-8") as signers:
                signers.write(f'{name} namespaces="site_builder"{options} {public}')
        return key


@pytest.fixture
def keys(site: Site, tmp_path: Path) -> Keys:
    """张三 may sign every step, with a key of his own."""
    replace_in(site.root / "config.yaml", "review:\n", new="review:\n  signers: 审签公钥.txt\n")
    (tmp_path / "keys").mkdir()
    return Keys(tmp_path / "keys", site)


def test_signed_approvals_publish_an_item(site: Site, keys: Keys) -> None:
    key = str(keys.make("张三"))
    for role in CHAIN:
        result = approve(site, role, "--key", key, "--opinion", OPINION)
        assert result.exit_code == 0, result.output
    build(site, AS_OF)
    assert (site.output / PAGE).exists()
    assert review(site, "log", "TZ-2024-001").output.count("有签名") == 4


def test_a_key_that_is_not_registered_or_is_another_s_signs_nothing(site: Site, keys: Keys) -> None:
    keys.make("张三")
    for key in (keys.make("李四"), keys.make("生人", registered=False)):
        result = approve(site, "承办人", "--key", str(key))
        assert "“审签公钥.txt”里没有登记“张三”的这把密钥" in result.output
    assert "请用 --key 写明自己的私钥文件" in approve(site, "承办人").output
    assert "不能用" in approve(site, "承办人", "--key", str(keys.folder / "没有")).output
    assert not (site.root / SIGNOFF).exists()


def test_a_key_counts_only_for_the_days_it_was_registered_for(site: Site, keys: Keys) -> None:
    key = str(keys.make("张三", options=',valid-before="20240521"'))
    assert approve(site, "承办人", "--key", key).exit_code == 0
    result = approve(site, "科室负责人", "--key", key, "--date", "2024-05-22")
    assert "已经过期" in result.output
    assert standing_of(site, NOTICE).state == "等待", "what was signed in time still counts"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("日期: 2024-05-20", "日期: 2024-05-19"),
        ("姓名: 张三", "姓名: 李四"),
        ("意见: 可", "意见: 否"),
    ],
)
def test_a_signed_step_that_was_changed_afterwards_does_not_count(
    site: Site, keys: Keys, old: str, new: str
) -> None:
    key = str(keys.make("张三"))
    keys.make("李四")
    for role in CHAIN:
        assert approve(site, role, "--key", key, "--opinion", "可").exit_code == 0
    file = site.root / SIGNOFF
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    codes = {problem.code for problem in build(site, AS_OF).problems}
    assert "S112" in codes
    assert not (site.output / PAGE).exists()


def test_a_signer_who_is_struck_out_no_longer_counts_at_the_next_build(
    site: Site, keys: Keys
) -> None:
    key = str(keys.make("张三"))
    for role in CHAIN:
        approve(site, role, "--key", key)
    build(site, AS_OF)
    assert (site.output / PAGE).exists()
    (site.root / "审签公钥.txt").write_text("# 空\n", "utf-8")
    assert "S112" in {problem.code for problem in build(site, AS_OF).problems}
    assert not (site.output / PAGE).exists()


def test_signers_saved_by_a_windows_editor_are_read(site: Site, keys: Keys) -> None:
    key = str(keys.make("张三"))
    signers = site.root / "审签公钥.txt"
    signers.write_bytes(b"\xef\xbb\xbf" + signers.read_bytes().replace(b"\n", b"\r\n"))
    assert approve(site, "承办人", "--key", key).exit_code == 0


def test_a_machine_without_ssh_keygen_says_so_and_leaves_the_site_as_it_was(
    site: Site, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = str(keys.make("张三"))
    approve(site, "承办人", "--key", key)
    monkeypatch.setattr(signatures, "PROGRAM", "no-such-program")
    result = approve(site, "科室负责人", "--key", key)
    assert "这台电脑上没有 ssh-keygen，不能核对审签的签名" in result.output
    assert "S114" in {problem.code for problem in build(site, AS_OF).problems}
    assert not site.output.exists()


def test_ssh_keygen_is_on_this_machine() -> None:
    assert shutil.which("ssh-keygen")
