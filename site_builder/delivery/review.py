"""Review: find an item, and approve or reject it for one step of the chain.

Promise: a step is written only where it is due, for the content that stands there now; whatever
speaks against it is said in one sentence and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath

from site_builder.delivery.signoff_file import NotWritable, write_steps
from site_builder.model.library import Library
from site_builder.model.review import Standing, Step, Verdict, judge, statement
from site_builder.model.site import Review
from site_builder.pipeline import Site
from site_builder.sources.files import read_bytes
from site_builder.sources.signatures import NoProgram, NotSigned, Signed, sign, verified
from site_builder.sources.signoffs import NAME


class Refused(Exception):
    """Why a step was not written, as a sentence."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decides: the step they take, and the key they sign with."""

    role: str
    name: str
    verdict: Verdict
    day: date
    opinion: str = ""
    basis: str = ""
    key: Path | None = None


def chain_of(library: Library) -> Review:
    """The chain; raises Refused where none is configured."""
    review = library.config.review
    if review is None or not review.steps:
        raise Refused("config.yaml 里没有写审签程序（review），不需要审签。")
    return review


def find(site: Site, library: Library, named: str) -> Standing:
    """The item of a file, a folder, a 编号 or a title. Raises Refused where there is not one."""
    chain_of(library)
    inner = named.replace("\\", "/").removeprefix(f"{site.root.as_posix()}/").rstrip("/")
    inner = inner.removeprefix("./")
    found = [s for s in library.standings if inner in _names(s) or named.strip() in _titles(s)]
    if len(found) == 1:
        return found[0]
    if found:
        files = "、".join(standing.item.file for standing in found)
        raise Refused(f"“{named}”有 {len(found)} 项，请写明哪个文件：{files}")
    if any(inner in (unread.file, f"content/{unread.file}") for unread in library.unread):
        raise Refused(f"“{named}”有错误，还不能审签。先运行 check，改好以后再签。")
    raise Refused(f"没有找到“{named}”。写文件的路径或者编号；要审签的各项用 review status 查看。")


def decide(site: Site, library: Library, *, standing: Standing, decision: Decision) -> Standing:
    """Write one more step; the standing after it. Raises Refused."""
    review = chain_of(library)
    _check_state(standing, decision)
    _check_person(review, standing, decision=decision, today=library.as_of)
    step = _signed(site, review, step=_step(standing, decision), key=decision.key)
    steps = (*standing.steps, step)
    after = judge(review, standing.item, steps=steps, as_of=library.as_of)
    if after.faults:
        raise Refused(f"没有写入：{after.faults[0].message}。")
    file = standing.item.signoff_file
    try:
        write_steps(site.root / file, steps)
    except NotWritable:
        raise Refused("没有写入：姓名、意见或者依据里有看不见的字符，请重新输入。") from None
    except OSError:
        raise Refused(f"没有写入：“{file}”写不进去，请关闭正在打开它的软件再试。") from None
    return after


def _names(standing: Standing) -> set[str]:
    """What a path may say to mean this item, with or without `content/`."""
    item = standing.item
    paths = {item.file, item.signoff_file}
    if PurePosixPath(item.signoff_file).name == NAME:
        paths.add(item.file.rsplit("/", 1)[0])
    return paths | {path.removeprefix("content/") for path in paths}


def _titles(standing: Standing) -> set[str]:
    return {text for text in (standing.item.id, standing.item.title) if text}


def _check_state(standing: Standing, decision: Decision) -> None:
    title, state = standing.item.title, standing.state
    if state == "不要求":
        raise Refused(f"《{title}》按 config.yaml 不要求审签。")
    if state == "记录有误" and not standing.steps:
        raise Refused(f"“{standing.item.signoff_file}”有错误，读不懂。先运行 check，改好再签。")
    if decision.verdict == "退回":
        if state == "退回":
            raise Refused(f"《{title}》已经退回了，等{standing.waits_for}重新提出。")
        return
    if state == "已审签":
        raise Refused(f"《{title}》已经审签完毕，不用再签。")
    if state == "记录有误":
        raise Refused(
            f"《{title}》的审签记录有错：{standing.faults[0].message}。"
            "运行 check 查看；改不了的，用 review reject 退回再从头签。"
        )


def _check_person(review: Review, standing: Standing, *, decision: Decision, today: date) -> None:
    who = {step.role: step.who for step in review.steps}
    if decision.role not in who:
        raise Refused(f"审签程序里没有“{decision.role}”。各步依次是：{'、'.join(who)}。")
    if decision.verdict == "同意" and decision.role != standing.waits_for:
        changed = "内容改过，要从头签；" if standing.state == "内容已改" else ""
        raise Refused(f"{changed}现在轮到{standing.waits_for}，还不到{decision.role}。")
    if who[decision.role] and decision.name not in who[decision.role]:
        allowed = "、".join(who[decision.role])
        raise Refused(f"“{decision.name}”不能签{decision.role}这一步。可以签的是：{allowed}。")
    if decision.day > today:
        raise Refused(f"日期 {decision.day} 还没有到。")
    last = standing.steps[-1] if standing.steps else None
    if last and decision.day < last.day:
        raise Refused(f"日期 {decision.day} 早于前一步（{last.role}）的 {last.day}。")


def _step(standing: Standing, decision: Decision) -> Step:
    return Step(
        role=decision.role,
        name=decision.name,
        verdict=decision.verdict,
        day=decision.day,
        openness=standing.item.openness,
        fingerprint=standing.item.fingerprint,
        opinion=" ".join(decision.opinion.split()),
        basis=" ".join(decision.basis.split()),
    )


def _signed(site: Site, review: Review, *, step: Step, key: Path | None) -> Step:
    """The step with its signature; one that would not hold later is refused now."""
    if key is None:
        if review.signers and step.verdict == "同意":
            raise Refused("config.yaml 要求用密钥签名：请用 --key 写明自己的私钥文件。")
        return step
    try:
        signature = sign(statement(step), key)
        made = Signed(statement(step), signature, step.name, step.day)
        if review.signers and verified((made,), _signers(site, review)) != (True,):
            raise Refused(
                f"没有写入：“{review.signers}”里没有登记“{step.name}”的这把密钥，或者已经过期。"
            )
    except NoProgram:
        raise Refused("这台电脑上没有 ssh-keygen，不能签名。请先安装 OpenSSH 客户端。") from None
    except NotSigned:
        raise Refused(f"没有签名：私钥文件“{key}”不能用，或者口令不对。") from None
    return replace(step, signature=signature)


def _signers(site: Site, review: Review) -> bytes:
    signers, problems = read_bytes(site.root, review.signers)
    if problems:
        raise Refused(f"登记公钥的文件“{review.signers}”不能用：{problems[0].message}。")
    return signers
