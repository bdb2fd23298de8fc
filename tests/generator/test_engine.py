"""The warm engine makes what a cold MkDocs makes, and nothing passes from one page to another."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from material.plugins.search.plugin import Parser, SearchIndex
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from academy.projection import standing_projections
from generator.engine.article import Articles
from generator.engine.guard import UnsafePageError
from generator.engine.renderer import Renderer, RenderError
from generator.engine.sections import sections_of
from generator.project import NavEntry, Project
from generator.project import Page as ProjectPage
from generator.reading import portfolio_of
from tests.generator.conftest import AT, CARD, CONSENT, ROOT

LINES = """\
Слово
# Глава
## Глава
### Chapter 1
* один
1. раз
2. два
> сказано
***
*[ГОСТ]: Государственный стандарт
По ГОСТ так и есть
[^1]: Сноска
Смотри[^1]
[там]: https://example.org/
[там]
[рядом](other.md)
[туда](other.md#m-1)
![вид](photo.jpg)
<https://example.org>
a_b *c* **d** `e` ~~прочь~~
<p>Абзац</p>
<p>Два<br>строки</p>
<div markdown="1">
<div class="c-card">
</div>
<details markdown="1"><summary>Ещё</summary>
</details>
<span id="m-1">x</span>
```
```python
    отступ
Термин
: Значение
&amp; &#42; &nbsp; a & b < c \\* \\_
| a | b |
|---|:-:|
| 1 | 2 |
<h2 id="own">Своя</h2>
<ul><li>x</li></ul>
<hr>
<img src="photo.jpg" alt="">
""".split("\n")
SOURCES = st.lists(st.one_of(st.sampled_from(LINES), st.just("")), max_size=12).map("\n".join)


@pytest.fixture(scope="module")
def renderer():
    return Renderer(ROOT / "mkdocs.yml", ROOT / "site_templates" / "cabinet", "ru", "/assets/x/")


def files_of(config):
    """The pages `index.md` and `other.md`, and a picture."""
    files = [File.generated(config, name, content="") for name in ("index.md", "other.md")]
    files.append(File.generated(config, "photo.jpg", content=b""))
    return Files(files)


def cold(config, source):
    """What MkDocs and Material make of the source of `index.md` without anything warm."""
    files = files_of(config)
    file = files.src_uris["index.md"]
    file._content = source
    page = Page(None, file, config)
    page.read_source(config)
    page.render(config, files)
    plugin = next(one for one in config.plugins.values() if hasattr(one, "search_index"))
    index = SearchIndex(**plugin.config)
    index.add_entry_from_context(page)
    return page, index.generate_search_index(None).encode()


def ids_in(html):
    """The ids of the elements of a page, as `html.parser` finds them."""
    found = set()
    parser = HTMLParser()
    parser.handle_starttag = lambda _, attrs: found.update(v for k, v in attrs if k == "id")
    parser.feed(html)
    parser.close()
    return found


@settings(max_examples=300, deadline=None)
@given(st.lists(SOURCES, min_size=2, max_size=4))
def test_a_warm_converter_makes_the_same_of_every_page_as_a_cold_one(renderer, sources):
    config = renderer._config
    for source in sources:
        files = files_of(config)
        page = Page(None, files.src_uris["index.md"], config)
        try:
            article = renderer._converter.convert(source, page, files)
        except UnsafePageError:
            continue
        expected, index = cold(config, source)
        assert article.content == expected.content
        assert article.title == expected._title_from_render
        assert str(page.toc) == str(expected.toc)
        assert article.anchors == ids_in(expected.content)
        assert {(file, anchor) for file, anchor, _ in article.links} == {
            (file.src_uri, anchor)
            for file, anchors in expected.links_to_anchors.items()
            for anchor in anchors
        }
        assert renderer._search.together([article.entries]) == index


TAGS = st.sampled_from(
    """
    <p> </p> <h1> <h2 id="a"> </h2> </h1> <div class="x"> <div data-search-exclude> </div> <br>
    <br /> <li> </li> <ul> </ul> <code> </code> <pre> </pre> <span> </span> <img alt="&lt;b&gt;">
    <a class="headerlink"> </a> <!--c--> <script> </script> <P> <p ID=a> <p title='x'> < > &
    &amp; &lt &#1086; &notanentity; <h3 id="b"> </h3> <h4 id="c"> text слово <title> </title>
    <?x?> <!x>
    """.split()
)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.one_of(TAGS, st.sampled_from([" ", "\n", "слова "])), max_size=25).map("".join))
def test_the_sections_of_a_page_are_those_that_material_reads(html):
    stock = Parser()
    stock.feed(html)
    stock.close()
    assert [told(one) for one in sections_of(html)] == [told(one) for one in stock.data]


def told(section):
    return repr(section), section.is_excluded(), section.title, section.text


@pytest.mark.parametrize("language", ["ru", "en"])
def test_specialised_templates_make_the_pages_of_the_plain_ones(workshop, academy, language):
    main = {
        "portfolio.yml": f"language: {language}\n".encode(),
        "works/a/index.md": "---\ntitle: A & B\n---\n\n## Глава\n\nТекст\n\n## Глава\n".encode(),
    }
    record = {"card.yml": CARD.encode(), "consent.yml": CONSENT.encode()}
    dossier = portfolio_of("23456789bc", main, record, academy).dossier
    renderer = Renderer(workshop.base, workshop.custom_dir, language, workshop.theme.address)
    plain = renderer._config.theme.get_env().get_template("main.html")
    special = renderer._template
    for projection in standing_projections(dossier, AT):
        project, _ = workshop.compose(dossier, academy, projection, AT)
        made = {}
        for template in (special, plain):
            renderer._template = template
            site = renderer.render(project, Articles())
            made[template] = {path: site.make(path) for path in site.recipes}
        assert made[special] == made[plain]


def test_an_article_serves_another_site_only_where_its_links_lead_somewhere(workshop):
    first = ProjectPage("index.md", "A", "# A\n\n[b](b.md)\n")
    second = ProjectPage("b.md", "B", "# B\n")
    nav = (NavEntry("A", "index.md"), NavEntry("B", "b.md"))
    whole = Project(site_name="S", language="ru", pages=(first, second), nav=nav)
    assert b'href="b/"' in workshop.render(whole)["index.html"]
    alone = Project(site_name="S", language="ru", pages=(first,), nav=nav[:1])
    with pytest.raises(RenderError, match="not found"):
        workshop.render(alone)
