"""How a reader tells the bureau of a mistake on a page."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from site_builder.model.site import Contact, Identity, SiteConfig
from site_builder.pages.corrections import correction

MAIL = Contact(email="office@example.invalid", phone="0000-0000000")
PATH = "wj/tz-1.html"


def config(contact: Contact, url: str = "https://example.invalid/gk/") -> SiteConfig:
    return SiteConfig(Identity("示例局", "示例局政府信息公开", url=url), (), contact)


def test_a_letter_begins_with_the_title_and_the_address_of_the_page() -> None:
    link = correction(config(MAIL), PATH, title="公告 A&B")
    assert link is not None
    letter = urlsplit(link.path)
    assert (letter.scheme, letter.path) == ("mailto", "office@example.invalid")
    said = parse_qs(letter.query)
    assert said["subject"] == ["网页纠错：公告 A&B"]
    assert "地址：https://example.invalid/gk/wj/tz-1.html\r\n" in said["body"][0]


def test_without_a_known_site_address_the_letter_names_the_page_by_its_path() -> None:
    link = correction(config(MAIL, ""), PATH, title="公告")
    assert link is not None
    assert "地址：wj/tz-1.html\r\n" in parse_qs(urlsplit(link.path).query)["body"][0]


@pytest.mark.parametrize("mail", ["", "office＠example.invalid", "a@b?cc=x@y"])
def test_without_an_address_for_letters_there_is_the_telephone(mail: str) -> None:
    link = correction(config(replace(MAIL, email=mail)), PATH, title="公告")
    assert link is not None
    assert (link.text, link.path) == ("本页有误，请致电 0000-0000000", "tel:00000000000")


@pytest.mark.parametrize("phone", ["", "0000-0000000 或 0000-0000001"])
def test_where_nothing_can_be_dialled_there_is_no_link(phone: str) -> None:
    assert correction(config(Contact(phone=phone)), PATH, title="公告") is None


def test_the_page_for_an_unknown_address_has_no_text_to_correct() -> None:
    assert correction(config(MAIL), "404.html", title="没有找到") is None
