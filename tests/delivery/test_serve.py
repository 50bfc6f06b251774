"""The preview as any program on this machine, or a hostile web page, may address it."""

from __future__ import annotations

import asyncio
import http.client
import json
import random
import re
import signal
import socket
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from tests.delivery.beside import beside
from tests.delivery.programs import DAY, PATIENCE, ended, free_port, run, serving
from tests.signoffs import NOTICE, ask_for_signoff, sign
from tests.sites import SMALL, copy_of, replace_in, tree

HANDSHAKE = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}
SECRET = "不给别人看"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with files that belong to nobody else."""
    site = copy_of(SMALL, tmp_path_factory.mktemp("preview") / "本局 网站")
    (site.root / "secret.html").write_text(SECRET, encoding="utf-8")
    (site.root.parent / "secret.html").write_text(SECRET, encoding="utf-8")
    return site.root


@pytest.fixture(scope="module")
def port(root: Path) -> Iterator[int]:
    """The port of a running preview."""
    number = free_port()
    with serving(root, number):
        hidden = root / ".cache" / "site_builder" / "preview" / ".hidden"
        hidden.mkdir()
        (hidden / "secret.html").write_text(SECRET, encoding="utf-8")
        (hidden.parent / ".secret.html").write_text(SECRET, encoding="utf-8")
        yield number


def test_the_preview_shows_the_pages_of_the_site(port: int, root: Path) -> None:
    for path in ("/", "/index.html", "/gknb/2017/", "/gknb/2017/index.html", "/zn/index.html?a=1"):
        status, body = answer(port, path)
        assert status == 200
        assert "示例市自然资源局" in body
    assert answer(port, "/assets/site.css")[0] == 200
    assert not (root / "output").exists()


@pytest.mark.parametrize(
    "path",
    [
        "/../config.yaml",
        "/../../../config.yaml",
        "/../../../secret.html",
        "/%2e%2e/%2e%2e/%2e%2e/secret.html",
        "/..%2f..%2f..%2fsecret.html",
        "/%2e%2e%2f%2e%2e%2f%2e%2e%2fsecret.html",
        "/..%5c..%5c..%5csecret.html",
        "/gknb/../../../../config.yaml",
        "/gknb/..%2f..%2f..%2f..%2fsecret.html",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/.hidden/secret.html",
        "/%2ehidden/secret.html",
        "/.secret.html",
        "/gknb/../.secret.html",
        "/../preview-notes/trace",
        "/config.yaml",
        "/secret.html",
        "/index.html%00.txt",
        "/no-such-page.html",
    ],
)
def test_nothing_but_the_site_can_be_had(port: int, path: str) -> None:
    status, body = answer(port, path)
    assert status in (400, 403, 404)
    for word in (SECRET, "columns:", "root:", "fingerprint"):
        assert word not in body


def test_a_folder_without_a_page_of_its_own_is_not_listed(port: int) -> None:
    for path in ("/assets/", "/search/", "/search/0/"):
        status, body = answer(port, path)
        assert status in (403, 404)
        assert "tokens" not in body
        assert "site.css<" not in body
        assert "map.js<" not in body


def test_a_folder_of_attachments_leads_to_the_catalogue_and_lists_none(port: int) -> None:
    status, body = answer(port, "/fj/2024/")
    assert status == 200
    assert "url=../../mulu/index.html" in body
    assert "补偿标准" not in body


def test_a_folder_named_without_its_slash_leads_to_its_page(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/gknb")
    found = connection.getresponse()
    assert (found.status, found.getheader("Location")) == (301, "/gknb/")
    connection.close()


@pytest.mark.parametrize("host", ["example.invalid", "example.invalid:80", "127.0.0.1", "[::1]"])
@pytest.mark.parametrize("path", ["/", "/gknb/2017/index.html", "/assets/site.css", "/nothing"])
def test_another_host_name_is_refused(port: int, host: str, path: str) -> None:
    status, body = answer(port, path, headers={"Host": host})
    assert status == 403
    assert "示例市自然资源局" not in body


def test_the_page_of_this_machine_may_listen_for_reloads(port: int) -> None:
    for host in (f"127.0.0.1:{port}", f"localhost:{port}"):
        headers = {**HANDSHAKE, "Origin": f"http://{host}", "Host": host}
        assert answer(port, "/livereload", headers=headers)[0] == 101


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://example.invalid"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://127.0.0.1:{port}.example.invalid"},
        {"Origin": "http://127.0.0.1:{port}", "Host": "example.invalid"},
        {"Origin": "http://example.invalid", "Host": "example.invalid"},
        {"Origin": "http://example.invalid", "Sec-Fetch-Site": "cross-site"},
        {"Host": "example.invalid", "Sec-Fetch-Site": "same-origin"},
    ],
)
def test_a_page_from_elsewhere_may_not_listen_for_reloads(
    port: int, headers: dict[str, str]
) -> None:
    sent = {name: value.format(port=port) for name, value in headers.items()}
    assert answer(port, "/livereload", headers={**HANDSHAKE, **sent})[0] == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_changed_through_the_preview(port: int, root: Path, method: str) -> None:
    before = tree(root)
    assert answer(port, "/index.html", method=method)[0] == 405
    assert tree(root) == before


def test_only_this_machine_is_listened_to(port: int) -> None:
    with socket.socket() as probe:
        probe.settimeout(1)
        address = socket.gethostbyname(socket.gethostname())
        assert address.startswith("127.") or probe.connect_ex((address, port)) != 0


def test_two_hundred_wild_requests_learn_nothing_and_break_nothing(port: int) -> None:
    chance = random.Random(200)
    steps = [
        "..",
        "%2e%2e",
        "..%2f",
        "..%5c",
        ".hidden",
        "%00",
        "gknb",
        "fj",
        "%c0%ae",
        "",
        "~",
        "\\",
    ]
    names = ["secret.html", "config.yaml", "etc/passwd", "trace.json", "%2e", "index.html%00"]
    values = [f"127.0.0.1:{port}", "example.invalid", "", "\xff", "a" * 3000, "127.0.0.1@evil"]
    for _ in range(200):
        path = "/" + "/".join(
            [*chance.choices(steps, k=chance.randint(1, 6)), chance.choice(names)]
        )
        headers = {
            "Host": f"127.0.0.1:{port}",
            "Range": chance.choice(["bytes=9-1", "bytes=0-", "x"]),
        }
        headers[chance.choice(["Host", "Cookie", "If-Modified-Since", "Origin"])] = chance.choice(
            values
        )
        status, body = answer(port, path, headers=headers)
        assert status in (301, 400, 403, 404, 405), (status, path, headers)
        assert SECRET not in body


def test_another_computer_needs_the_token_of_the_address(tmp_path: Path) -> None:
    site, number = copy_of(SMALL, tmp_path / "site"), free_port()
    with serving(site.root, number, "--host", "0.0.0.0") as process:
        assert process.stdout is not None
        address = re.search(
            r"http://0\.0\.0\.0:\d+(/\?token=[\w-]{20,}) ", process.stdout.readline()
        )
        assert address is not None
        assert "没有公开的内容" in process.stdout.readline()
        assert "把 0.0.0.0 换成这台电脑的 IP 地址" in process.stdout.readline()
        for path in ("/", "/gknb/2017/index.html", "/?token=", "/?token=%E9%94%99", "/livereload"):
            status, body = answer(number, path)
            assert (status, "示例市" in body) == (403, False), path
            assert path == "/livereload" or "请用黑色窗口里显示的完整地址" in body, path
        for cookie in ("preview=x", 'preview="\\351"', "other=1"):
            assert answer(number, "/index.html", headers={"Cookie": cookie})[0] == 403
        own = cookie_of(number, address[1])
        for path, leads in (("/wj/a.html", "/wj/a.html"), ("//elsewhere.cn/x", "/elsewhere.cn/x")):
            assert location(number, path + address[1].removeprefix("/")) == leads
        status, body = answer(number, "/index.html", headers={"Cookie": own})
        assert (status, "示例市" in body) == (200, True)


def test_a_port_in_use_is_named_and_another_is_offered(port: int, root: Path) -> None:
    said = run("--site", str(root), "serve", *DAY, "--port", str(port))
    assert said.returncode == 2
    assert f"端口 {port} 已经被占用" in said.stdout
    assert f"--port {port + 1}" in said.stdout
    assert "Traceback" not in said.stdout + said.stderr


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--host", "203.0.113.9"), "这台电脑没有“203.0.113.9”这个地址"),
        (("--host", "http://127.0.0.1/"), "这台电脑没有“http://127.0.0.1/”这个地址"),
        (("--port", "99999"), "不能写 99999"),
    ],
)
def test_an_address_that_cannot_be_is_told_before_anything_is_built(
    tmp_path: Path, asked: tuple[str, ...], told: str
) -> None:
    site = copy_of(SMALL, tmp_path / "site")
    said = run("--site", str(site.root), "serve", *DAY, "--port", str(free_port()), *asked)
    assert said.returncode == 2
    assert told in said.stdout + said.stderr
    assert "预览地址" not in said.stdout
    assert not (site.root / ".cache").exists()


def test_ctrl_c_ends_the_preview_quietly(tmp_path: Path) -> None:
    site = copy_of(SMALL, tmp_path / "site")
    number = free_port()
    with serving(site.root, number) as process:
        answer(number, "/index.html")
        process.send_signal(signal.SIGINT)
        said = ended(process)
    assert process.returncode in (0, 130)
    assert f"http://127.0.0.1:{number}/" in said
    assert "Traceback" not in said
    assert not site.output.exists()


def test_the_preview_leaves_an_output_that_is_there_as_it_is(tmp_path: Path) -> None:
    site = copy_of(SMALL, tmp_path / "site")
    (site.output / "gknb").mkdir(parents=True)
    (site.output / "gknb" / "index.html").write_text("旧的", encoding="utf-8")
    number = free_port()
    with serving(site.root, number):
        assert "示例市自然资源局" in answer(number, "/gknb/index.html")[1]
    assert tree(site.output) == {"gknb/index.html": "旧的".encode()}


def test_a_site_with_an_error_is_served_with_the_error_on_the_page(tmp_path: Path) -> None:
    site = copy_of(SMALL, tmp_path / "site")
    replace_in(site.root / "config.yaml", "bureau: 示例", new="bureu: <b>示例")
    number = free_port()
    with serving(site.root, number):
        for path in ("/", "/index.html", "/gknb/"):
            body = answer(number, path)[1]
            assert "config.yaml" in body
            assert "bureu" in body
            assert "<b>示例" not in body
            assert "上一次成功" not in body  # there was none
            assert 'name="viewport"' in body  # or a telephone shows it too small to read


def test_the_other_names_of_this_machine_lead_to_the_preview(port: int) -> None:
    for name in (f"localhost:{port}", f"[::1]:{port}"):
        assert answer(port, "/", headers={"Host": name})[0] == 200, name
    assert "请用黑色窗口里显示的地址" in answer(port, "/", headers={"Host": "127.0.0.1"})[1]


def answer(
    port: int, path: str, *, method: str = "GET", headers: Mapping[str, str] | None = None
) -> tuple[int, str]:
    """Status and text of an answer to a path sent exactly as it is written here."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, path, skip_host="Host" in (headers or {}))
    for name, value in (headers or {}).items():
        connection.putheader(name, value)
    connection.endheaders()
    found = connection.getresponse()
    body = "" if found.status == 101 else found.read().decode(errors="replace")
    connection.close()
    return found.status, body


def location(port: int, path: str) -> str | None:
    """Where an address leads on to."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    found = connection.getresponse().getheader("Location")
    connection.close()
    return found


def cookie_of(port: int, path: str) -> str:
    """The cookie that an address with the right token is answered with."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    found = connection.getresponse()
    assert (found.status, found.getheader("Location")) == (302, "/")
    connection.close()
    cookie = str(found.getheader("Set-Cookie"))
    assert "samesite=lax" in cookie.lower()  # a link in a letter read in a browser leads here too
    return cookie.partition(";")[0]


def test_the_preview_marks_what_is_not_signed_off(tmp_path: Path) -> None:
    site, number = ask_for_signoff(copy_of(SMALL, tmp_path / "site")), free_port()
    sign(site, [NOTICE])
    with serving(site.root, number):
        for path in ("/zn/index.html", "/gknb/2017/index.html", "/index.html"):
            assert 'class="preview-unsigned"' in answer(number, path)[1], path
        assert 'class="preview-unsigned"' not in answer(number, "/wj/tz-2024-001.html")[1]
    assert not site.output.exists()


def test_a_page_is_told_to_reload_when_its_new_text_is_there(tmp_path: Path) -> None:
    site, number = copy_of(SMALL, tmp_path / "site"), free_port()
    fragment = site.root / "片段" / "页首.html"
    fragment.parent.mkdir()
    fragment.write_text("<p>示例市人民政府</p>", encoding="utf-8")
    with (site.root / "config.yaml").open("a", encoding="utf-8") as config:
        config.write("shell: {header: 片段/页首.html}\n")
    guide = site.root / "content" / "政府信息公开指南" / "指南.md"
    with serving(site.root, number) as process:
        answer(number, "/zn/index.html")

        def edited() -> str:
            replace_in(guide, "示例", new="刚刚改过的示例")
            return "刚刚改过的示例"

        def moved() -> str:
            fragment.write_text("<p>上级网站换了页首</p>", encoding="utf-8")
            return "上级网站换了页首"

        for save in (edited, moved):
            assert reloaded(number, "/zn/index.html", save=save)
        process.send_signal(signal.SIGINT)
        said = ended(process)
    assert len(re.findall(r"更新 \d+ 个文件", said)) == 3  # to begin with, and one for each save


def reloaded(port: int, path: str, *, save: Callable[[], str]) -> bool:
    """Whether the text of a save is on the page in the moment its browser is told to reload."""
    host = f"127.0.0.1:{port}"

    async def told() -> str:
        request = HTTPRequest(f"ws://{host}/livereload", headers={"Origin": f"http://{host}"})
        socket = await websocket_connect(request)
        await socket.write_message(json.dumps({"command": "hello"}))
        await socket.read_message()
        url = f"http://{host}{path}"
        await socket.write_message(json.dumps({"command": "info", "url": url}))
        text = await asyncio.to_thread(save)
        async with asyncio.timeout(PATIENCE):
            message = json.loads(await socket.read_message() or "{}")
        assert message["command"] == "reload"
        shown = answer(port, path)[1]
        socket.close()
        while await socket.read_message() is not None:
            pass  # until the server has let go too; a loop that ends before leaves it open
        return text if text in shown else ""

    return bool(beside(lambda: asyncio.run(told())))
