"""Asking: one address of another website, as politely as a program can.

Promise: nothing is fetched but the first lines of an answer; whatever the other side does comes
back as an Answer, and what stands within walls is not asked unless that is wished.
"""

from __future__ import annotations

import errno
import socket
import ssl
from email.message import Message
from functools import cache
from http.client import HTTPException
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import (
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
    build_opener,
    getproxies,
    proxy_bypass,
)

from site_builder import __version__
from site_builder.model.external import Answer, host_of, is_inner, normal

TIMEOUT = 10.0  # seconds for each step of one answer
HEADERS = {"User-Agent": f"site-builder/{__version__} (link check)", "Accept": "*/*"}
PERMANENT, FOR_NOW = (301, 308), (302, 303, 307)
# What a website answers to programs while a browser may well be let in.
NOT_FOR_PROGRAMS = (401, 403, 405, 406, 407, 412, 418, 429, 444, 501, 521)
TOO_MANY = 429
WORDS = {404: "没有这个网页", 410: "已经删除"}
NO_NETWORK = (errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH, 10050, 10051, 10065)
# OpenSSL's numbers (X509_V_ERR_…).
CERTIFICATE = {
    9: "还没有开始生效",
    10: "已经过期",
    18: "是自己签发的，没有可信的机构证明",
    19: "是自己签发的，没有可信的机构证明",
    20: "查不到签发它的可信机构",
    21: "查不到签发它的可信机构",
    62: "是发给别的域名的",
    64: "是发给别的地址的",
}


class _Stay(HTTPRedirectHandler):
    """Redirects are told, not followed: each address is asked in its turn."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        """Never another request."""


def ask(address: str, *, inner: bool) -> Answer:
    """HEAD, and GET where HEAD is not answered well; the day is for the caller to note."""
    try:
        if not inner and _is_within_walls(address):
            return Answer("inner", "是内网或者本机的地址，外面的读者打不开")
        status, to = _status(address)
    except (OSError, HTTPException, ValueError) as fault:
        return _failed(fault)
    return _understood(status, urljoin(address, to) if to else "")


def _is_within_walls(address: str) -> bool:
    """By its name, or by all that the name stands for; a proxy knows names that we do not."""
    host, scheme = host_of(address), urlsplit(address).scheme
    if is_inner(host):
        return True
    if scheme in getproxies() and not proxy_bypass(host):
        return False
    found = socket.getaddrinfo(host, urlsplit(address).port or scheme, type=socket.SOCK_STREAM)
    return all(is_inner(str(at[0])) for *_, at in found)


def _status(address: str) -> tuple[int, str]:
    try:
        status, to = _once(address, "HEAD")
    except (HTTPException, ConnectionResetError):
        return _once(address, "GET")
    return _once(address, "GET") if status >= 400 and status != TOO_MANY else (status, to)


def _once(address: str, method: str) -> tuple[int, str]:
    request = Request(address, headers=HEADERS, method=method)
    try:
        with _opener().open(request, timeout=TIMEOUT) as answer:
            return int(answer.status), ""
    except HTTPError as answer:
        with answer:
            return answer.code, answer.headers.get("Location") or ""
    except URLError as fault:
        raise fault.reason if isinstance(fault.reason, Exception) else fault from fault


@cache
def _opener() -> OpenerDirector:
    """With the proxies and the certificates of this machine, and without redirects."""
    return build_opener(_Stay, HTTPSHandler(context=ssl.create_default_context()))


def _understood(status: int, to: str) -> Answer:
    if status in (*PERMANENT, *FOR_NOW) and to.startswith(("http://", "https://")):
        there = normal(to)
        if not there:
            return Answer("dead", f"打不开：对方网站转到一个写得不对的地址“{to[:80]}”")
        return Answer("moved", to=there, is_permanent=status in PERMANENT)
    if status in NOT_FOR_PROGRAMS:
        return Answer("refused", f"不让程序查看（对方网站回答 {status}）")
    if status >= 400:
        word = WORDS.get(status, "对方网站出错" if status >= 500 else "")
        return Answer("dead", f"打不开：对方网站回答 {status}" + (f"（{word}）" if word else ""))
    return Answer("fine")


def _failed(fault: Exception) -> Answer:
    if isinstance(fault, ssl.SSLCertVerificationError):
        said = CERTIFICATE.get(fault.verify_code, "通不过验证")
        return Answer("unsafe", f"的安全证书{said}")
    if isinstance(fault, ssl.SSLError):
        return Answer("unsafe", "的加密连接建立不起来，可能用的办法太旧")
    if isinstance(fault, TimeoutError):
        return Answer("silent", f"连不上：{TIMEOUT:.0f} 秒没有回答")
    if isinstance(fault, socket.gaierror):
        return Answer("lost", "连不上：找不到这个域名")
    if isinstance(fault, OSError) and fault.errno in NO_NETWORK:
        return Answer("lost", "连不上：网络不通")
    if isinstance(fault, ConnectionRefusedError):
        return Answer("silent", "连不上：那里现在没有网站，连接被拒绝")
    return Answer("silent", "连不上：连接中断，或者回答的不是网页")
