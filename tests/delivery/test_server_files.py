"""The files for web servers: a real nginx that reads them answers as it should."""

from __future__ import annotations

import http.client
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from site_builder.cli.commands import commands
from site_builder.delivery.publishing.server_files import ELSEWHERE, write_server_files
from site_builder.delivery.publishing.server_texts import POLICY
from site_builder.pipeline import site_at
from site_builder.sources.config import load_config
from tests.delivery.servers import nginx_with
from tests.published import NOTICE, published_site, say_what_is_asked_for
from tests.publishing import add_target, published
from tests.sites import REPOSITORY, SMALL, copy_of

PAGE, FILE = "/wj/tz-2024-001.html", "/fj/2024/%E8%A1%A5%E5%81%BF%E6%A0%87%E5%87%86.csv"

LONG = f"fj/2018/{'关于印发行政处罚裁量基准的通知' * 5}（“附件” $1）.pdf"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `web`, where a withdrawn notice is online, and `conf` with the files."""
    folder = tmp_path_factory.mktemp("server")
    site = published_site(folder / "site")
    (site.root / NOTICE).unlink()
    say_what_is_asked_for(site)
    add_target(site, name="web", kind="folder", path=str(folder / "web"))
    done = published(site)
    assert not done.failed, done.problems
    answers = json.loads((site.output / "redirects.json").read_bytes())
    for name in ("old name.html", LONG):
        answers.append({"path": quote(name), "target": "zn/index.html", "status": 301})
    (site.output / "redirects.json").write_text(json.dumps(answers))
    typed = ["--site", str(site.root), "publish", "--server-config", str(folder / "conf")]
    said = CliRunner().invoke(commands, typed)
    assert (said.exit_code, "web.config" in said.output) == (0, True), said.output
    return folder


@pytest.fixture(scope="module")
def port(written: Path) -> Iterator[int]:
    with nginx_with(written, written / "conf") as running:
        yield running


def test_a_page_comes_with_its_policy_compressed_and_is_asked_for_again(port: int) -> None:
    answer, body = got(port, "/index.html", packed=True)
    assert answer.status == 200
    assert answer.getheader("Content-Encoding") == "gzip"
    assert body[:2] == b"\x1f\x8b"
    assert answer.getheader("Content-Security-Policy") == POLICY
    assert answer.getheader("X-Content-Type-Options") == "nosniff"
    assert answer.getheader("Cache-Control") == "no-cache"
    assert got(port, "/zn/")[0].status == 200


def test_an_unknown_address_gets_the_sites_own_page(port: int, written: Path) -> None:
    answer, body = got(port, "/none.html")
    assert answer.status == 404
    assert body == (written / "web/current/404.html").read_bytes()
    assert answer.getheader("Content-Security-Policy") == POLICY


def test_an_address_without_its_slash_leads_to_the_one_where_links_are_right(port: int) -> None:
    answer, _ = got(port, "/zn")
    assert (answer.status, answer.getheader("Location")) == (301, "/zn/")
    assert got(port, "/assets/")[0].status == 404, "no folder is listed"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/gknb/2017/tongji.csv", "text/csv; charset=utf-8"),
        ("/gknb/2017/tongji.json", "application/json"),
        ("/assets/site.css", "text/css; charset=utf-8"),
        ("/assets/site.js", "text/javascript; charset=utf-8"),
        ("/说明.ofd", "application/octet-stream"),
    ],
)
def test_a_file_comes_as_what_it_is_whatever_the_server_knows(
    port: int, written: Path, path: str, kind: str
) -> None:
    (written / "web/current/说明.ofd").write_bytes(b"PK")
    answer, _ = got(port, quote(path))
    assert (answer.status, answer.getheader("Content-Type")) == (200, kind)


def test_what_keeps_copies_is_told_that_a_page_also_comes_uncompressed(port: int) -> None:
    for packed in (True, False):
        answer, _ = got(port, "/index.html", packed=packed)
        assert answer.getheader("Vary") == "Accept-Encoding"


def test_below_another_address_everything_answers_as_at_the_top(written: Path) -> None:
    site = site_at(written / "site")
    config, _ = load_config(site.root)
    assert config is not None
    below = replace(config, site=replace(config.site, url="https://www.example.gov.cn/xxgk/"))
    write_server_files(site, below, target=config.publish[0], folder=written / "below")
    with nginx_with(written, written / "below") as port:
        seen = {path: got(port, path) for path in ("/xxgk", "/xxgk/", f"/xxgk{PAGE}", "/xxgk/none")}
        file, _ = got(port, f"/xxgk{FILE}")
        outside, _ = got(port, "/index.html")
    assert [answer.status for answer, _ in seen.values()] == [301, 200, 410, 404]
    assert (file.status, outside.status) == (410, 404)
    assert seen["/xxgk"][0].getheader("Location") == "/xxgk/"
    assert "撤下" in seen[f"/xxgk{PAGE}"][1].decode()
    assert seen["/xxgk/none"][1] == (written / "web/current/404.html").read_bytes()


def test_a_withdrawn_address_is_gone_and_says_why(port: int) -> None:
    for path in (PAGE, FILE):
        answer, body = got(port, path)
        assert answer.status == 410, path
        assert "撤下" in body.decode(), path
        assert str(answer.getheader("Content-Type")).startswith("text/html")


def test_a_moved_address_leads_on(port: int) -> None:
    for name in ("old name.html", LONG):
        answer, _ = got(port, quote(f"/{name}"))
        assert answer.status == 301, name
        assert answer.getheader("Location") == "/zn/index.html"


def test_what_publishing_keeps_for_itself_is_not_shown(port: int, written: Path) -> None:
    notes = written / "web/current/.site_builder"
    notes.mkdir()
    (notes / "manifest.json").write_text("{}")
    assert got(port, "/.site_builder/manifest.json")[0].status == 404
    assert got(port, f"/.gone{PAGE}")[0].status == 404


def test_the_files_for_iis_can_be_read_and_name_what_is_gone(written: Path) -> None:
    web = ET.parse(written / "conf/web.config")
    policy = [a.get("value") for a in web.iter("add") if a.get("name", "").endswith("Policy")]
    assert POLICY in policy
    missing = next(e for e in web.iter("error") if e.get("statusCode") == "404")
    assert missing.get("responseMode") == "File", "the answer keeps its 404"
    kinds = {m.get("fileExtension"): m.get("mimeType") for m in web.iter("mimeMap")}
    assert kinds[".csv"] == "text/csv; charset=utf-8"
    assert {".ofd", ".wps", ".rar", ".json"} <= kinds.keys(), "what IIS knows not it refuses"
    maps = ET.parse(written / "conf/rewritemaps.config")
    pairs = {item.get("key"): item.get("value") for item in maps.iter("add")}
    assert pairs["/fj/2024/补偿标准.csv"] == f"{FILE}.html"
    assert PAGE not in pairs, "a withdrawn page answers by itself"


def test_a_site_that_is_put_online_by_hand_gets_the_files_too(tmp_path: Path) -> None:
    site = copy_of(SMALL, tmp_path / "site")
    typed = ["--site", str(site.root), "publish", "--server-config", str(tmp_path / "conf")]
    said = CliRunner().invoke(commands, typed)
    assert said.exit_code == 0, said.output
    assert "请先运行 build" in said.output
    text = (tmp_path / "conf/nginx-site.conf").read_text("utf-8")
    assert f"{ELSEWHERE} 改成网站文件在服务器上的文件夹。" in text
    assert f'root "{ELSEWHERE}";' in text


def test_the_policy_of_the_servers_is_that_of_the_pages() -> None:
    base = (REPOSITORY / "templates/layouts/base.html").read_text("utf-8")
    found = re.search(r'Content-Security-Policy" content="([^"]+)"', base)
    assert found
    assert found[1].replace(" file:", "") + "; frame-ancestors 'self'" == POLICY


def got(port: int, path: str, *, packed: bool = False) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"} if packed else {})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body
