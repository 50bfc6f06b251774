"""依申请公开: what Art. 29 asks for stands on the form, on paper and in the file alike."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
import yaml

from site_builder.pipeline import Site
from site_builder.sources.forms import load_application_rules
from tests.sites import SMALL, built, copy_of, replace_in

BLANKS = (
    "姓名",
    "身份证明",
    "联系电话",
    "法定代表人或者负责人",
    "名称",
    "文号",
    "其他特征性描述",
    "提供的形式",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The golden site, built once."""
    site = copy_of(SMALL, tmp_path_factory.mktemp("made") / "site")
    built(site)
    return site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return copy_of(SMALL, tmp_path / "site")


def text_of(site: Site, path: str) -> str:
    return (site.output / path).read_text(encoding="utf-8")


def words_of(data: bytes) -> list[str]:
    """All words of the file, in the order of its paragraphs, then of its cells."""
    document = docx.Document(io.BytesIO(data))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]


def test_the_form_asks_for_what_article_29_asks_for(made: Site) -> None:
    page = text_of(made, "ysqgk/biaoge.html")
    rows = re.findall(r'<th scope="row">([^<\s]+)', page)
    assert set(BLANKS) <= set(rows)
    assert all(f"第二十九条第二款第（{number}）项" in page for number in "一二三")
    assert "示例市示例路1号" in page


def test_the_file_holds_the_same_fields_as_the_page(made: Site) -> None:
    page = text_of(made, "ysqgk/biaoge.html")
    words = words_of((made.output / "ysqgk/biaoge.docx").read_bytes())
    fields = re.findall(r'<th scope="row">([^<]+?)(?: <small>([^<]+)</small>)?</th>', page)
    assert [f"{name}（{note}）" if note else name for name, note in fields] == [
        word for word in words if word in {f"{n}（{o}）" if o else n for n, o in fields}
    ]
    assert "□ 纸质　□ 电子数据　□ 查阅、抄录　□ 其他" in words
    assert any(word.startswith("示例：") for word in words)


def test_a_fact_of_the_bureau_that_is_missing_is_missing_on_the_form_too(site: Site) -> None:
    replace_in(site.root / "config.yaml", "  address: 示例市示例路1号\n", new="")
    built(site)
    assert '<dt>办公地址</dt><dd class="unknown">待补录</dd>' in text_of(site, "ysqgk/biaoge.html")
    assert "办公地址：待补录" in words_of((site.output / "ysqgk/biaoge.docx").read_bytes())


def test_the_file_says_nothing_of_when_or_by_whom_it_was_made(made: Site) -> None:
    file = made.output / "ysqgk/biaoge.docx"
    with zipfile.ZipFile(file) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    said = docx.Document(str(file)).core_properties
    assert (said.author, said.last_modified_by) == ("示例市自然资源局", "示例市自然资源局")
    assert said.created == said.modified
    assert said.modified is not None
    assert said.modified.year == 2000


def test_a_site_without_the_column_has_none_of_its_pages(site: Site) -> None:
    config = site.root / "config.yaml"
    read = yaml.safe_load(config.read_text(encoding="utf-8"))
    read["columns"] = [c for c in read["columns"] if c["kind"] != "application"]
    config.write_text(yaml.safe_dump(read, allow_unicode=True), encoding="utf-8")
    (site.root / "content/依申请公开/说明.md").unlink()
    assert [page.path for page in built(site).pages if page.path.startswith("ysqgk")] == []


def test_the_bureau_s_own_text_stays_and_leads_to_the_aids(made: Site) -> None:
    page = text_of(made, "ysqgk/index.html")
    assert "示例：当面或者信函提出。" in page
    for name in ("dafu.html", "qixian.html", "biaoge.html", "biaoge.docx"):
        assert f'href="../ysqgk/{name}"' in page


def test_every_sentence_of_the_law_names_its_article() -> None:
    rules = load_application_rules()
    assert rules is not None
    answers = next(group for group in rules.groups if group.id == "answers")
    assert len(answers.points) == 7
    points = [point for group in rules.groups for point in group.points]
    assert [point.name for point in points if not re.match(r"第.+条", point.article)] == []
    assert not re.search(r"\d+ *元", " ".join(point.text for point in points))
