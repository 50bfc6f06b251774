"""Publications that went wrong: a site recorded as published, and what was done to it afterwards.

Promise: as in `arrangements`; only the program can write the two recorded files, so that no folder
holds them.
"""

from __future__ import annotations

from collections.abc import Callable

from site_builder.delivery.record import record
from site_builder.model.published import LEDGER, LOG
from site_builder.pipeline import Site, build
from tests.published import GUIDE, LINK, NOTICE, publish, say
from tests.sites import AS_OF, replace_in

WITHDRAWN = """\
变更:
  - 网址: wj/tz-2024-001.html
    撤下: 是
    日期: 2024-05-01
    说明: 印错了。
"""


def delete_a_published_notice(site: Site) -> None:
    replace_in(site.root / GUIDE, LINK, new="征收土地公告")
    publish(site)
    (site.root / NOTICE).unlink()
    (site.root / "content/附件/2024/补偿标准.csv").unlink()


def withdraw_what_never_was(site: Site) -> None:
    publish(site)
    say(site, WITHDRAWN.replace("001", "0001"))


def withdraw_what_still_stands(site: Site) -> None:
    publish(site)
    say(site, WITHDRAWN)


def move_to_nowhere(site: Site) -> None:
    delete_a_published_notice(site)
    say(site, WITHDRAWN.replace("撤下: 是", "改为: TZ-2024-9"))


def move_to_what_moved_itself(site: Site) -> None:
    replace_in(site.root / NOTICE, "TZ-2024-001", new="TZ-2024-000")
    replace_in(site.root / GUIDE, LINK, new="征收土地公告")
    publish(site)
    replace_in(site.root / NOTICE, "TZ-2024-000", new="TZ-2024-001")
    first = WITHDRAWN.replace("001", "000").replace("撤下: 是", "改为: TZ-2024-001")
    say(site, first)
    publish(site)
    replace_in(site.root / NOTICE, "TZ-2024-001", new="TZ-2024-002")
    second = WITHDRAWN.removeprefix("变更:\n").replace("撤下: 是", "改为: TZ-2024-002")
    say(site, first + second)


def say_neither_moved_nor_withdrawn(site: Site) -> None:
    delete_a_published_notice(site)
    say(site, WITHDRAWN.replace("    撤下: 是\n", ""))


def say_it_twice(site: Site) -> None:
    delete_a_published_notice(site)
    say(site, WITHDRAWN + WITHDRAWN.removeprefix("变更:\n"))


def take_an_address_out_of_the_ledger(site: Site) -> None:
    publish(site)
    replace_in(site.root / LEDGER, "zd/index.html,,政府信息公开制度,", new="zd/index.html,,制度,")


def record_before_building(site: Site) -> None:
    replace_in(site.root / NOTICE, "示例一", new="示例甲")


def move_the_date_of_publication(site: Site) -> None:
    publish(site)
    replace_in(site.root / NOTICE, "公开日期: 2024-03-04", new="公开日期: 2024-03-01")


def change_a_text_without_a_note(site: Site) -> None:
    publish(site)
    replace_in(site.root / NOTICE, "| 示例一 | 1.20 |", new="| 示例一 | 1.50 |")


def write_another_day_into_the_log(site: Site) -> None:
    publish(site)
    replace_in(site.root / LOG, "2018-03-02", new="2018-02-02")


def record_a_day_before_the_last(site: Site) -> None:
    later = AS_OF.replace(year=AS_OF.year + 1)
    assert not build(site, later).failed
    assert not record(site, later).failed


PUBLISHED: dict[str, Callable[[Site], object]] = {
    "P110-published-page-deleted": delete_a_published_notice,
    "P111-never-published": withdraw_what_never_was,
    "P112-still-there": withdraw_what_still_stands,
    "P113-moved-to-nowhere": move_to_nowhere,
    "P114-moved-twice": move_to_what_moved_itself,
    "P115-neither-moved-nor-withdrawn": say_neither_moved_nor_withdrawn,
    "P116-said-twice": say_it_twice,
    "P117-ledger-edited": take_an_address_out_of_the_ledger,
    "P118-recorded-before-built": record_before_building,
    "D550-date-moved": move_the_date_of_publication,
    "D551-changed-without-a-note": change_a_text_without_a_note,
    "D552-log-edited": write_another_day_into_the_log,
    "D553-recorded-for-a-day-before": record_a_day_before_the_last,
}
