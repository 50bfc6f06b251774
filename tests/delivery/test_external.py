"""Links to other websites, asked of real servers on this machine."""

from __future__ import annotations

import json
import socket
import ssl
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder import __version__
from site_builder.cli.commands import commands
from site_builder.delivery import asking, external
from site_builder.delivery.external import Manner, ask_all
from site_builder.model.external import Answer
from site_builder.outcome import Site
from tests.sites import AS_OF, SMALL, another, copy_of, inspected, replace_in

NOTICE = "content/法定主动公开内容/通知公告/2024/征地.md"
LINE = "详见["
OLD_BODY = "依据见 <https://example.invalid/>。"


class Server(ThreadingHTTPServer):
    """A website with a page for every manner of answering; it counts what it is asked for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Pages)
        self.asked: Counter[str] = Counter()
        self.agents: set[str] = set()
        self.lock = threading.Lock()
        self.now = self.most = 0
        self.end = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Pages(BaseHTTPRequestHandler):
    server: Server

    def do_HEAD(self) -> None:
        with self.server.lock:
            self.server.asked[f"{self.command} {self.path}"] += 1
            self.server.agents.add(self.headers["User-Agent"])
            self.server.now += 1
            self.server.most = max(self.server.most, self.server.now)
        time.sleep(0.005)
        with self.server.lock:
            self.server.now -= 1  # before the answer, which lets the next one be asked
        self.answer()

    do_GET = do_HEAD  # noqa: N815  # the library calls it so

    def answer(self) -> None:
        name = self.path.strip("/").partition("-")[0]
        if name == "slow":
            self.server.end.wait(20)
        elif name == "drip":
            self.wfile.write(b"HTTP/1.0 200 OK\r\n")
            while not self.server.end.wait(0.05):
                self.wfile.write(b"X")
        elif name == "cut":
            self.close_connection = True
        elif name == "headless":
            self.status(200 if self.command == "GET" else 405)
        elif name in ("301", "302"):
            self.status(int(name), "/" + self.path.partition("-")[2])
        else:
            self.status(int(name) if name.isdigit() else 200)

    def status(self, number: int, to: str = "") -> None:
        self.send_response(number)
        if to:
            self.send_header("Location", to)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing on the screen."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.end.set()
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "TIMEOUT", 2.0)
    monkeypatch.setattr(external, "PATIENCE", 10.0)
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return copy_of(SMALL, tmp_path / "site")


def link(site: Site, *addresses: str) -> None:
    """Put these addresses into the notice, one on each line."""
    lines = "\n\n".join(f"见[那里]({address})" for address in addresses)
    replace_in(site.root / NOTICE, OLD_BODY, new=f"又：\n\n{lines}")


def run(site: Site, *more: str, inner: bool = True) -> str:
    words = ["--site", str(site.root), "check", "--external", "--as-of", AS_OF.isoformat(), *more]
    result = CliRunner().invoke(commands, [*words, "--external-inner"] if inner else words)
    assert isinstance(result.exception, SystemExit | None), result.exception
    assert result.exit_code == 0, result.output
    return result.output


def found(site: Site, *more: str, inner: bool = True) -> list[tuple[str, str, str]]:
    """Place, code and message of every finding about other websites."""
    problems = json.loads(run(site, "--format", "json", *more, inner=inner))
    told = [(p["file"], p["line"], p["column"], p["code"], p["message"]) for p in problems]
    return [(f"{f}:{n}:{c}", code, m) for f, n, c, code, m in told if code.startswith("O41")]


def ask(cache: Path, *addresses: str, now: int = 1000, days: int = 7) -> dict[str, Answer]:
    """The answers in the order of the addresses, then those they lead to."""
    answers = ask_all(cache, addresses, manner=Manner(now, days, inner=True)).answers
    return {address: answers[address] for address in dict.fromkeys((*addresses, *answers))}


def kinds(answers: dict[str, Answer]) -> list[str]:
    return [answer.kind for answer in answers.values()]


def closed_port() -> str:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


def test_what_is_wrong_is_told_at_its_line_and_what_is_fine_is_not(
    server: Server, site: Site
) -> None:
    at, shut = server.address, closed_port()
    pages = ("ok", "404", "410", "500", "headless", "cut", "slow", "403", "301-ok", "302-404")
    link(site, *(f"{at}/{page}" for page in pages), f"{shut}/a", f"{shut}/b", "http://a:99999/")
    (first, *_) = (n for n, t in enumerate(notice(site), 1) if t.startswith("见[那里]"))
    said = {place: (code, message) for place, code, message in found(site)}
    of = {page: said.get(f"{NOTICE}:{first + 2 * n}:7") for n, page in enumerate(pages)}
    silent = f"“{at[7:]}”连不上：2 秒没有回答"
    assert of == {
        "ok": None,
        "404": ("O410", f"网址“{at}/404”打不开：对方网站回答 404（没有这个网页）"),
        "410": ("O410", f"网址“{at}/410”打不开：对方网站回答 410（已经删除）"),
        "500": ("O410", f"网址“{at}/500”打不开：对方网站回答 500（对方网站出错）"),
        "headless": None,
        "cut": ("O411", f"“{at[7:]}”连不上：连接中断，或者回答的不是网页"),
        "slow": ("O411", silent),
        "403": ("O417", f"网址“{at}/403”不让程序查看（对方网站回答 403）"),
        "301-ok": ("O413", f"网址“{at}/301-ok”已经永久搬到“{at}/ok”"),
        "302-404": (
            "O410",
            f"网址“{at}/302-404”转到“{at}/404”，那里打不开：对方网站回答 404（没有这个网页）",
        ),
    }
    shut_said = [m for code, m in said.values() if shut[7:] in m]
    assert shut_said == [f"“{shut[7:]}”连不上：那里现在没有网站，连接被拒绝；另外 1 处也写着它"]
    assert [m for code, m in said.values() if code == "O416"] == [
        "网址“http://a:99999/”写得不完整，没有人能打开"
    ]


def test_an_address_is_asked_once_by_name_and_two_at_a_time(server: Server, site: Site) -> None:
    twice = (f"{server.address}/ok#a", f"{server.address}/ok#b", f"{server.address}/301-ok")
    link(site, *twice, *(f"{server.address}/{n}" for n in range(100, 130)))
    run(site)
    assert server.asked["HEAD /ok"] == 1
    assert server.asked["HEAD /301-ok"] == 1
    assert server.agents == {f"site-builder/{__version__} (link check)"}
    assert server.most <= 2


def test_answers_are_kept_for_days_and_failures_for_an_hour(server: Server, tmp_path: Path) -> None:
    fine, dead = f"{server.address}/ok", f"{server.address}/404"
    for now in (0, 3599, 3600, 7 * 86400 - 1, 7 * 86400, 0):
        assert kinds(ask(tmp_path, fine, dead, now=now)) == ["fine", "dead"]
    assert server.asked["HEAD /ok"] == 3, "again after seven days, and where the clock went back"
    assert server.asked["HEAD /404"] == 4
    ask(tmp_path, fine, days=0)
    assert server.asked["HEAD /ok"] == 4
    (tmp_path / external.NOTE).write_bytes(b"spoilt")
    assert kinds(ask(tmp_path, fine)) == ["fine"]


def test_no_server_can_hold_up_the_rest(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(external, "PATIENCE", 2.0)
    assert kinds(ask(tmp_path, f"{server.address}/drip", f"{server.address}/ok")) == [
        "silent",
        "fine",
    ]


def test_a_way_that_does_not_end_is_left(server: Server, site: Site) -> None:
    link(site, f"{server.address}/{'301-' * 9}ok")
    ((_, code, message),) = found(site)
    assert (code, message[-12:]) == ("O417", "把程序转来转去，没有尽头")
    assert server.asked.total() == 6


def test_a_machine_without_a_network_hears_one_sentence(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_network(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "offline")

    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    link(site, *(f"https://www.city{n}.gov.cn/{page}" for n in range(40) for page in "ab"))
    replace_in(site.root / "config.yaml", "web: 现场或者信函", new="web: http://10.0.0.1/")
    (inner, (place, code, message)) = sorted(found(site, inner=False), key=lambda one: one[1])
    assert inner[1] == "O414"
    assert (place, code) == ("content:0:0", "O415")
    assert "80 个网址没有检查" in message
    assert not (site.cache / external.NOTE).exists()


def test_nothing_within_walls_is_asked_unless_it_is_wished(
    server: Server, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    within = ("http://192.168.1.20/a.doc", "http://oa/", "http://[::1]/", "http://2130706433/")
    asked: list[str] = []

    def resolved(host: str, *_: object, **__: object) -> list[object]:
        asked.append(host)
        return [(None, None, None, "", ("127.0.0.1", 0))]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    link(site, f"{server.address}/ok", *within, "https://oa.example.gov.cn/x")
    said = found(site, inner=False)
    assert [code for _, code, _ in said] == ["O414"] * 6
    assert "“192.168.1.20”是内网或者本机的地址，外面的读者打不开" in [m for *_, m in said]
    assert set(asked) == {"oa.example.gov.cn"}, "what is no name is not looked up"
    assert server.asked == Counter()


def test_a_redirect_into_the_walls_is_not_followed(server: Server, tmp_path: Path) -> None:
    first = f"{server.address}/301-ok"
    answers = ask_all(tmp_path, [first], manner=Manner(0)).answers
    assert answers[first].kind == "inner"
    assert server.asked == Counter()


def test_a_certificate_that_nobody_vouches_for_is_told(site: Site, tmp_path: Path) -> None:
    words = "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -days 2 -keyout key"
    subprocess.run([*words.split(), "-out", "pem"], cwd=tmp_path, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "pem", tmp_path / "key")
    with Server() as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        at = server.address.replace("http:", "https:")
        link(site, f"{at}/a", f"{at}/b")
        ((_, code, message),) = found(site)
        server.shutdown()
    assert code == "O412"
    assert "的安全证书是自己签发的，没有可信的机构证明；另外 1 处也写着它" in message


def test_every_place_where_an_address_can_be_written_is_looked_at(
    server: Server, site: Site
) -> None:
    at = f"{server.address}/404"
    more = f"<{at}-1>，{at}-2。[甲][一]\n\n[一]: {at}-3\n\n| 表 |\n| --- |\n| [乙]({at}-4) |"
    replace_in(site.root / NOTICE, OLD_BODY, new=more)
    replace_in(site.root / NOTICE, "内容概述: 示例公告", new=f"内容概述: 见{at}-5，示例公告")
    replace_in(
        site.root / "config.yaml", "web: 现场或者信函", new=f"web: 现场，或者{at}-6，或者信函"
    )
    register = f"出处: {at}-7\n登记:\n  - {{年度: 2012, 种类: 年度报告, 标题: 见{at}-8}}\n"
    register += "  - {年度: 2011, 种类: 年度报告, 标题: 前一年}\n"
    (site.root / "content/政府信息公开年报/登记.yaml").write_text(register, "utf-8")
    said = found(site)
    assert [m for *_, m in said if "也写着" in m] == [], "each is written once"
    numbers = {m.partition("”")[0].rpartition("-")[2] for *_, m in said}
    assert numbers == set("12345678")


def test_what_is_not_public_is_asked_of_nobody(server: Server, site: Site) -> None:
    text = another((SMALL / NOTICE).read_text("utf-8"), "TZ-2024-002")
    text = text.replace("https://example.invalid/", f"{server.address}/404")
    hidden = text.replace("公开日期:", "公开属性: 不予公开\n不公开理由: 第十四条\n公开日期:")
    (site.root / NOTICE).with_name("不公开.md").write_text(hidden, "utf-8")
    assert found(site) == []
    assert server.asked == Counter()


def test_without_the_option_nothing_is_asked_and_with_it_the_report_shows_it(
    server: Server, site: Site, tmp_path: Path
) -> None:
    link(site, f"{server.address}/404", f"{server.address}/ok")
    words = ["--site", str(site.root), "check", "--as-of", AS_OF.isoformat()]
    report = ["--report", str(tmp_path / "报告.html")]
    CliRunner().invoke(commands, [*words, *report])
    assert server.asked == Counter()
    assert "这次没有上网检查" in (tmp_path / "报告.html").read_text("utf-8")
    assert "通向别的网站的链接：查了 2 个网址。" in run(site, *report)
    text = (tmp_path / "报告.html").read_text("utf-8")
    assert "查了 2 个网址" in text
    assert "打不开：对方网站回答 404（没有这个网页）" in text
    assert "查了 2 个网址，其中 2 个是不久以前查过的" in run(site)


def test_what_is_no_address_at_all_is_told_where_it_stands(site: Site) -> None:
    replace_in(site.root / NOTICE, OLD_BODY, new="[那里](http://[bad/)和<http://[bad/>")
    words = ["--site", str(site.root), "check", "--as-of", AS_OF.isoformat()]
    result = CliRunner().invoke(commands, words)
    assert result.exit_code == 1
    assert result.output.count("错误 D208 ") == 1
    page = b'<html lang="zh-CN"><a href="http://[bad/">x</a>'  # of a template
    assert "O101" in [problem.code for problem in inspected({"a.html": page})]


def notice(site: Site) -> list[str]:
    return (site.root / NOTICE).read_text("utf-8").split("\n")
