"""Addresses of other websites: two spellings of one are one, and what is within walls is known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model.external import host_of, is_inner, is_nobodys, normal, origin_of

SIGNS = st.characters(exclude_categories=["Cs"])  # no file holds halves of signs


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("HTTP://WWW.Gov.cn", "http://www.gov.cn/"),
        ("https://www.gov.cn:443/a#b", "https://www.gov.cn/a"),
        ("http://www.gov.cn./a?b=1", "http://www.gov.cn/a?b=1"),
        ("http://www.gov.cn:8080/a", "http://www.gov.cn:8080/a"),
        ("http://中国.政务/首页", "http://xn--fiqs8s.xn--zfr164b/%E9%A6%96%E9%A1%B5"),
        ("http://a.cn/已%20编码 b", "http://a.cn/%E5%B7%B2%20%E7%BC%96%E7%A0%81%20b"),
        ("http://[2001:DB8::1]/", "http://[2001:db8::1]/"),
        ("http://", ""),
        ("http:///a", ""),
        ("http://a.cn:99999/", ""),
        ("http://[bad/", ""),
        ("http://a..cn/", ""),
        ("http://a b.cn/", ""),
    ],
)
def test_an_address_is_asked_for_as_it_is_meant(written: str, asked: str) -> None:
    assert normal(written) == asked


@given(st.text(SIGNS, max_size=40))
def test_any_address_is_understood_once_or_not_at_all(text: str) -> None:
    found = normal(f"http://{text}")
    assert normal(found) == found
    if found:
        assert found.isascii()
        assert host_of(found)
        assert found.startswith(f"{origin_of(found)}/")


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("172.16.0.1", True),
        ("172.32.0.1", False),
        ("192.168.1.1", True),
        ("169.254.1.1", True),
        ("100.64.0.1", True),
        ("0.0.0.0", True),
        ("::1", True),
        ("fd00::1", True),
        ("::ffff:10.0.0.1", True),
        ("2001:db8::1", False),
        ("localhost", True),
        ("oa", True),
        ("oa.local", True),
        ("www.gov.cn", False),
        ("8.8.8.8", False),
    ],
)
def test_what_only_this_network_can_reach_is_known_by_its_name(host: str, expected: bool) -> None:
    assert is_inner(host) == expected


def test_names_kept_for_examples_are_nobody_s() -> None:
    assert is_nobodys("example.invalid")
    assert not is_nobodys("example.com.cn")
