"""publish (发布): the site as it is built now becomes the one readers see, at one instant.

Promise: nothing is published with an error, nothing half, and no address that is not recorded;
a publication that failed says what readers see now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from site_builder import __version__
from site_builder.delivery.publishing.guards import overwritten, too_many_removed, waiting
from site_builder.delivery.publishing.manifest import (
    Difference,
    Entry,
    Manifest,
    difference,
    is_same,
)
from site_builder.delivery.publishing.opening import COMPRESSED, IN_PLACE, target_at
from site_builder.delivery.publishing.papers import before_its_day, forgotten, signed, with_log
from site_builder.delivery.publishing.placing import misplaced
from site_builder.delivery.publishing.saying import Order, Published, Shown, Step, Tell
from site_builder.delivery.publishing.signing import Unsigned
from site_builder.delivery.publishing.staging import (
    NEW,
    Stale,
    carry,
    folder_of,
    keep_staged,
    stage,
    was_published,
)
from site_builder.delivery.publishing.target import (
    Held,
    Opened,
    OpenTarget,
    Papers,
    Unreachable,
    former,
    moment_after,
)
from site_builder.delivery.record import record
from site_builder.model.target import Target
from site_builder.pipeline import Built, Site, build, check
from site_builder.problems import Problem, errors
from site_builder.write.reasons import reason_of
from site_builder.write.run import Busy, Unwritable, locked, not_written


@dataclass(frozen=True, slots=True)
class _Run:
    """One publication under way."""

    site: Site
    target: Target
    order: Order
    place: OpenTarget
    opened: Opened


def publish(site: Site, target: Target, *, order: Order, tell: Tell) -> Published:
    """Check, build, send, verify, record, switch."""
    checked = _checked(site, order.as_of)
    if checked.failed:
        return Published(checked.problems)
    done = _guarded(site, target, order=order, act=lambda run: _publish(run, checked, tell=tell))
    return replace(done, problems=(*checked.problems, *done.problems))


def roll_back(site: Site, target: Target, *, order: Order) -> Published:
    """The release before the current one becomes the one readers see."""
    return _guarded(site, target, order=order, act=_back)


def _checked(site: Site, as_of: date) -> Built:
    checked = check(site, as_of)
    return checked if checked.failed else build(site, as_of)


def _guarded(
    site: Site, target: Target, *, order: Order, act: Callable[[_Run], Published]
) -> Published:
    """One publication of a site at a time, and every way a target can fail as a problem."""
    try:
        if faults := misplaced(site, target):
            return Published(faults)
        with locked(site.cache / "publishing", seconds=0), _opened(site, target, order) as run:
            return act(run)
    except Busy:
        message = "这台电脑上另一个窗口正在生成或者发布这个网站"
        return _stopped("O502", target, message=message, hint="等那个窗口做完再试。")
    except Held as held:
        holder = held.holder
        message = f"{holder.name} 从 {holder.since} 起正在发布到“{target.name}”，还没有结束"
        return _stopped("O502", target, message=message)
    except Stale as stale:
        message = f"output/{stale} 在发布的时候变了，没有发布"
        return _stopped("P118", target, message=message)
    except Unsigned as fault:
        return _stopped("O505", target, message=str(fault))
    except Unwritable as fault:
        return Published((fault.problem,), "tried")
    except (Unreachable, OSError) as fault:
        return _stopped("O503", target, message=_words(fault, target))


def _words(fault: Unreachable | OSError, target: Target) -> str:
    """What happened, and to which file; of two the second is the one whose place was taken."""
    if isinstance(fault, Unreachable):
        return str(fault)
    return f"{fault.filename2 or fault.filename or target.path}：{reason_of(fault)}"


@contextmanager
def _opened(site: Site, target: Target, order: Order) -> Iterator[_Run]:
    place = target_at(site.root, target)
    try:
        opened = place.open(None if order.is_dry else order.holder)
        yield _Run(site, target, order, place, opened)
    finally:
        place.close()


def _publish(run: _Run, built: Built, *, tell: Tell) -> Published:
    site, before = run.site, run.opened.current
    with _on_this_machine(site), locked(site.cache):
        files = stage(site, run.target.name, compress=run.target.kind in COMPRESSED)
    with _on_this_machine(site):
        carried = tuple(carry(site, run.target.name, target=run.place, before=before))
    manifest = _manifest((*files, *carried), run)
    found = difference(before, manifest)
    same = is_same(before, manifest)
    is_damaged = same and not run.place.holds(before)
    was_here = not before.release and was_published(site, run.target.name)
    tell(Shown(found, before.release, waiting(built.problems), is_damaged, was_here))
    faults = _refused(run, manifest, found=found)
    if faults or run.order.is_dry:
        return Published(faults, files=len(files))
    if same and not is_damaged and not forgotten(site, run.target, before):
        recorded = _recorded(run)
        return Published(recorded, "same", before.release, files=len(files))
    return _sent(run, signed(site, run.target, manifest), tell=tell)


def _refused(run: _Run, manifest: Manifest, *, found: Difference) -> tuple[Problem, ...]:
    """What speaks against it, the gravest first: the number asked for is that of one of them."""
    before, allowed = run.opened.current, run.order.allowed
    lost = () if run.order.new_log else forgotten(run.site, run.target, before)
    early = () if run.target.kind == "zip" else before_its_day(run.site, run.order.as_of)
    strange = overwritten(run.opened, manifest, target=run.target, allowed=allowed)
    return lost or early or strange or too_many_removed(before, found, allowed=allowed)


@contextmanager
def _on_this_machine(site: Site) -> Iterator[None]:
    """A fault of its disk is told as one, and not of the target."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(site.cache)
        raise Unwritable(not_written(error, site.output)) from error


def _sent(run: _Run, papers: Papers, *, tell: Tell) -> Published:
    """Send and read back; what arrived wrong is sent once more."""
    manifest = papers.manifest
    staging = folder_of(run.site, run.target.name) / NEW
    tell(Step("sending", len(manifest.files)))
    sent = run.place.send(staging, manifest)
    tell(Step("comparing", sent))
    wrong = run.place.wrong(manifest)
    if wrong:
        sent += run.place.send(staging, manifest)
        wrong = run.place.wrong(manifest)
    if wrong:
        message = f"送到以后核对，{len(wrong)} 个文件与本机的不同，例如 {wrong[0]}；没有切换"
        return _stopped("O504", run.target, message=message)
    faults = _recorded(run)
    if faults:
        return Published(faults)
    return _switched(run, with_log(run.site, run.target, papers), sent=sent)


def _switched(run: _Run, papers: Papers, *, sent: int) -> Published:
    release = papers.manifest.release
    try:
        run.place.finish(papers, run.target.keep)
    except (Unreachable, OSError) as fault:
        stopped = _stopped(
            "O503", run.target, message=f"切换的时候中断：{_words(fault, run.target)}"
        )
        return replace(stopped, state="switching", release=release)
    before = run.opened.current.release
    with suppress(OSError):  # it is online; without a copy here the next one only takes longer
        keep_staged(run.site, run.target.name, papers=papers, before=before, keep=run.target.keep)
    can_go_back = bool(before) and run.target.keep > 1
    return Published((), "published", release, len(papers.manifest.files), sent, can_go_back)


def _back(run: _Run) -> Published:
    release = former(run.opened)
    if not release:
        message = f"“{run.target.name}”上没有更早的版本"
        return _stopped("O506", run.target, message=message)
    if run.order.is_dry:
        return Published((), "tried", release)
    staging = folder_of(run.site, run.target.name) / release
    try:
        run.place.back(release, staging)
    except (Unreachable, OSError) as fault:
        is_doubtful = run.target.kind not in IN_PLACE or staging.is_dir()
        stopped = _stopped(
            "O503", run.target, message=f"退回的时候中断：{_words(fault, run.target)}"
        )
        return replace(stopped, state="switching" if is_doubtful else "tried")
    return Published((), "published", release)


def _recorded(run: _Run) -> tuple[Problem, ...]:
    """Before the switch, so that no address is ever online that the ledger does not know.

    A zip is not online yet: whoever puts it there runs `record`.
    """
    if run.target.kind == "zip":
        return ()
    return errors(record(run.site, run.order.as_of).problems)


def _manifest(files: tuple[Entry, ...], run: _Run) -> Manifest:
    order = run.order
    known = sha256("".join(f"{e.path}\0{e.sha256}\n" for e in files).encode()).hexdigest()
    return Manifest(
        release=f"{moment_after(run.opened, order.moment)}-{known[:8]}",
        as_of=order.as_of.isoformat(),
        published=order.holder.since,
        generator=f"site-builder {__version__}",
        files=tuple(sorted(files, key=lambda entry: entry.path)),
    )


def _stopped(code: str, target: Target, *, message: str, hint: str = "") -> Published:
    return Published((Problem(code, target.origin.place, message, hint=hint),), "tried")
