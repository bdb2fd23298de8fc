"""Whatever a repository holds, there is a site or a mistake with its file, never a traceback."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from academy.projection import standing_projections
from generator.reading import portfolio_of

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
CARD = (
    b"external_id: A\nlast_name: B\nfirst_name: C\nprogramme: landscape-design\n"
    b"group: ld-26-1\ncategory: retraining\n"
)
CONSENT = (
    b"consents: [{id: c, purposes: [placement, participants], version: '1', signed: 2026-01-01,"
    b" registered: 2026-01-01, registered_by: s-1}]\n"
)

words = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["", "2026-02-30", "[", "{a: b}", "&a", "*a", "!!python/object:x", "~", "- x"]),
)
keys = st.sampled_from(
    "title date kind module visible_to order files file caption alt self_assessment grade comment"
    " category level part set_on due state reached sections id description language headline"
    " author role moment criteria answers consents purposes verdict manifest titel".split()
)
heads = st.recursive(
    words,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]"),
        st.dictionaries(keys, inner, max_size=4).map(
            lambda table: "{" + ", ".join(f"{k}: {v}" for k, v in table.items()) + "}"
        ),
    ),
    max_leaves=6,
)
tables = st.lists(st.tuples(keys, heads), max_size=6).map(
    lambda rows: "".join(f"{key}: {value}\n" for key, value in rows)
)
contents = st.one_of(
    st.binary(max_size=40),
    tables.map(lambda table: table.encode("utf-8", "replace")),
    st.tuples(tables, st.text(max_size=80)).map(
        lambda parts: f"---\n{parts[0]}---\n{parts[1]}".encode("utf-8", "replace")
    ),
)
names = st.sampled_from(
    [
        "about.md",
        "portfolio.yml",
        "works/a/index.md",
        "works/a/b.jpg",
        "works/b/index.md",
        "achievements/a/index.md",
        "goals/g.md",
        "reflections/r.md",
        "sections/s/e/index.md",
        "sections/s/e/x.pdf",
        "odd/place.md",
        "works/Ы/index.md",
    ]
)
records = st.sampled_from(
    [
        "results.yml",
        "documents/d.yml",
        "reviews/a/1.md",
        "reviews/a/x.md",
        "verification/a.yml",
        "consent.yml",
        "card.yml",
    ]
)


@given(st.dictionaries(names, contents, max_size=6), st.dictionaries(records, contents, max_size=3))
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_files_give_sites_or_mistakes_with_a_file(workshop, academy, main, record):
    record = {"card.yml": CARD, "consent.yml": CONSENT, **record}
    portfolio = portfolio_of("23456789bc", main, record, academy)
    for issue in portfolio.issues:
        assert issue.location.file in {*main, *record}
    if portfolio.dossier is None:
        assert portfolio.issues
        return
    for projection in standing_projections(portfolio.dossier, AT):
        project, _ = workshop.compose(portfolio.dossier, academy, projection, AT, portfolio.issues)
        built = workshop.render(project)
        assert set(built) >= {"index.html", "search/search_index.json"}
