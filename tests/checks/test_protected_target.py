"""Everything public that could point to something protected, and what may."""

from __future__ import annotations

import pytest

from kbtool.model import Finding
from tests.checks.looked_at import look, places

SETTINGS = """\
site_name: Help
site_url: https://help.example.com/support/
plugins:
  - kbtool:
      locales: {en: English, hi: हिन्दी}
      articles: {defaults: {audience: public}}
"""
REASONS = [
    ({"audience": "agents"}, "for agents only"),
    ({"audience": "agents", "status": "draft"}, "for agents only"),
    ({"audience": "agents", "publish_at": "2027-01-01"}, "for agents only"),
    ({"status": "draft"}, "a draft"),
    ({"status": "archived"}, "archived"),
    ({"status": "draft", "publish_at": "2026-01-01"}, "a draft"),
]
BY_CLOCK = [
    ({"publish_at": "2027-01-01"}, "not yet published"),
    ({"expires_at": "2026-01-01"}, "no longer published"),
]


def text(body: str = "Text.", **keys: str) -> str:
    """An article whose title is a word of its own."""
    return "---\n" + "".join(f"{k}: {v}\n" for k, v in {"title": "Zebra", **keys}.items()) + f"---\n{body}\n"


def found(files: dict[str, str], *rules: str) -> list[Finding]:
    """What rules find among these articles; the settings have an address below a sub-path."""
    whole = {"mkdocs.yml": SETTINGS, **{f"articles/{name}": one for name, one in files.items()}}
    return look(rules or "protected-target", whole)


def one(files: dict[str, str]) -> Finding:
    """The only finding. It never shows the title of what is protected."""
    (finding,) = found(files, "protected-target", "broken-link", "not-included", "remote-image")
    assert (finding.rule, finding.severity) == ("protected-target", "error")
    assert "Zebra" not in f"{finding.message} {finding.help} {finding.about}"
    return finding


@pytest.mark.parametrize(("keys", "reason"), REASONS)
def test_a_link_names_place_target_reason_and_both_ways_out(keys: dict[str, str], reason: str) -> None:
    finding = one({"en/s/a.md": "[x](../b.md)\n", "en/b.md": text(**keys)})
    assert finding.message == f"this links to ../b.md, which is {reason}"
    assert (str(finding.where), finding.about) == ("articles/en/s/a.md:5:5", "articles/en/b.md")
    assert "publish that one too, or take it out" in finding.help
    assert "!!! agents" in finding.help


@pytest.mark.parametrize(("keys", "reason"), BY_CLOCK)
@pytest.mark.parametrize("written", ["b.md", "/en/b/", "https://help.example.com/support/en/b/"])
def test_what_hangs_on_the_day_alone_is_a_warning(keys: dict[str, str], reason: str, written: str) -> None:
    files = {"en/a.md": f"[x]({written})\n", "en/b.md": text(**keys)}
    (finding,) = found(files, "protected-target", "broken-link")
    assert (finding.severity, finding.message) == ("warning", f"this links to {written}, which is {reason}")


WAYS = [
    "b.md",
    "B.MD",
    "./x/../b.md?y#z",
    "%62.md",
    "%2562.md",
    "../en/b.md",
    "../hi/b.md",
    "/en/b/",
    "/en/b",
    "/EN/B/index.html",
    "/hi/b/#part",
    "/support/en/b/",
    "/en/x/../b/",
    "../b/",
    "../../hi/b/",
    "b",
    "\\en\\b",
    "https://help.example.com/support/en/b/",
    "HTTPS://Help.Example.com:443/support/en/%62/?a=1#z",
    "//help.example.com/support/hi/b/",
    "https://somebody@help.example.com/en/b/",
    "https:/help.example.com/support/en/b/",
]


@pytest.mark.parametrize(
    "form", ["[x]({})", '<a href="{}">x</a>', "[x][{n}]\n\n[{n}]: {}", "<b><a href='{}'>"]
)
def test_every_way_to_write_a_link_or_an_address(form: str) -> None:
    files = {f"en/a{n}.md": form.format(way, n=n) + "\n" for n, way in enumerate(WAYS)}
    findings = found({**files, "en/b.md": text(audience="agents")})
    assert sorted({finding.where.path.removeprefix("articles/") for finding in findings}) == sorted(files)
    assert len(findings) == len(files)
    assert {finding.message.rpartition(", ")[2] for finding in findings} == {"which is for agents only"}


def test_an_address_of_other_letters() -> None:
    secret = text(audience="agents")
    for written in ("/hi/वापसी/", "/hi/%E0%A4%B5%E0%A4%BE%E0%A4%AA%E0%A4%B8%E0%A5%80/", "वापसी.md"):
        finding = one({"hi/a.md": f"[x]({written})\n", "hi/वापसी.md": secret})
        assert written in finding.message


@pytest.mark.parametrize(
    "written",
    [
        "/en/c/",
        "https://help.example.com/support/en/c/",
        "https://example.com/support/en/b/",
        "https://help.example.com.evil.example/support/en/b/",
        "/support/en/bb/",
        "https://help.example.com/support/en/",
        "mailto:b@help.example.com",
        "#b",
    ],
)
def test_other_addresses_are_not_meant(written: str) -> None:
    files = {"en/a.md": f"[x]({written})\n", "en/b.md": text(audience="agents"), "en/c.md": "Text.\n"}
    assert found(files) == []


@pytest.mark.parametrize(
    "body",
    [
        "See https://help.example.com/support/en/b/.",
        "<https://help.example.com/support/en/b/>",
        "`https://help.example.com/support/en/b/`",
        "    https&#58;//help.example.com/support/en/b/",
        "![x](https://help.example.com/support/en/b/)",
    ],
)
def test_a_full_address_in_the_text(body: str) -> None:
    finding = one({"en/a.md": f"Words.\n\n{body}\n", "en/b.md": text(audience="agents")})
    assert finding.where.line == 7


def test_a_full_address_in_the_front_matter() -> None:
    written = text(description='"See https://help.example.com/support/en/b/"')
    assert places(found({"en/a.md": written, "en/b.md": text(audience="agents")})) == ["en/a.md"]


@pytest.mark.parametrize(
    "body", ["![x](b.md)", '<video src="b.md"></video>', '<video poster="b.md"></video>']
)
def test_a_picture_or_film_that_is_the_file_of_an_article(body: str) -> None:
    message = one({"en/a.md": f"{body}\n", "en/b.md": text(audience="agents")}).message
    assert message == "this names b.md, which is for agents only"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("../sections.yml", "the list of the sections"),
        ("../%73ections.yml", "the list of the sections"),
        ("_drafts/plan.pdf", "never published"),
        (".hidden/plan.pdf", "never published"),
        ("../_old/en/a.md", "never published"),
        ("_note.md", "never published"),
    ],
)
def test_files_that_are_for_nobody(written: str, reason: str) -> None:
    assert reason in one({"en/a.md": f"[x]({written})\n", "sections.yml": ""}).message


def test_files_for_all_may_be_named() -> None:
    files = {"en/a.md": "[x](../_assets/a.txt)\n", "_assets/a.txt": "x"}
    assert found(files) == []


def test_agents_may_be_led_to_what_is_theirs() -> None:
    files = {
        "en/a.md": "Text.\n\n!!! agents\n    See [x](b.md) and https://help.example.com/support/en/b/.\n",
        "en/b.md": text(audience="agents"),
        "en/c.md": text("[x](b.md) [y](/en/b/)", audience="agents", related="[b]"),
        "en/d.md": text("[x](b.md)", status="draft", related="[b]"),
    }
    assert found(files) == []


def test_agents_who_are_led_to_a_draft_are_warned() -> None:
    files = {"en/a.md": text("[x](b.md)", audience="agents"), "en/b.md": text(status="draft")}
    assert found(files) == []
    assert places(found(files, "broken-link")) == ["en/a.md:5:5"]


def test_a_link_reaches_the_version_that_is_public() -> None:
    files = {
        "en/b.md": "Text.\n",
        "hi/b.md": text(audience="agents"),
        "hi/a.md": "[x](b.md) [y](../en/b.md) [z](/hi/b/)\n",
        "en/orders/index.md": text(audience="agents"),
        "en/orders/a.md": "[x](/en/orders/)\n",
    }
    assert found(files) == []


INCLUDES = ["{{! {} !}}", "{{* {} hl[2] *}}", '{{% include "{}" %}}', '--8<-- "{}"', "--8<--\n{}\n--8<--"]


@pytest.mark.parametrize("form", INCLUDES)
def test_a_line_that_asks_for_a_protected_article(form: str) -> None:
    names = ["b.md", "en/b.md", "./../en/b.md", "articles/en/b.md", "B.md"]
    files = {f"en/a{n}.md": f"Words.\n\n{form.format(name)}\n" for n, name in enumerate(names)}
    findings = found({**files, "en/b.md": text(audience="agents")}, "protected-target", "not-included")
    assert [f.rule for f in findings] == ["protected-target"] * len(names)
    for finding, name in zip(findings, names, strict=True):
        assert f"this line asks for {name}, which is for agents only" in finding.message
        assert finding.where.line == 7 + ("\n" in form)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../../mkdocs.yml", "outside"),
        ("mkdocs.yml", "outside"),
        ("/etc/passwd", "outside"),
        ("_parts/a.md", "never published"),
        ("../.parts/a.txt", "never published"),
        ("sections.yml", "the list of the sections"),
    ],
)
def test_a_line_that_asks_for_a_file_that_is_for_nobody(name: str, reason: str) -> None:
    files = {"en/_parts/a.md": "x", ".parts/a.txt": "x", "sections.yml": ""}
    finding = one({"en/a.md": f"{{! {name} !}}\n", **files})
    assert reason in finding.message


@pytest.mark.parametrize("name", ["gone.md", "../../gone/src.py", "c.md", "../../../../../gone"])
def test_other_lines_that_ask_for_a_file_stay_a_warning(name: str) -> None:
    files = {"en/a.md": f"{{! {name} !}}\n", "en/b.md": text(audience="agents"), "en/c.md": "x\n"}
    assert found(files) == []
    assert len(found(files, "not-included")) == 1


def test_an_include_of_agents_is_their_own() -> None:
    secret = text(audience="agents")
    assert found({"en/a.md": "Text.\n\n!!! agents\n    {! b.md !}\n", "en/b.md": secret}) == []
    assert found({"en/a.md": text("{! b.md !}", audience="agents"), "en/b.md": secret}) == []


@pytest.mark.parametrize(("keys", "reason"), REASONS)
def test_related_articles(keys: dict[str, str], reason: str) -> None:
    finding = one(
        {"en/a.md": text(related="[c, orders/b]"), "en/orders/b.md": text(**keys), "en/c.md": "x\n"}
    )
    assert finding.message == f"this names as related orders/b, which is {reason}"
    assert (finding.where.line, finding.source_line) == (3, "related: [c, orders/b]")


def test_related_articles_that_are_public_in_one_language() -> None:
    files = {"en/a.md": text(related="[b]"), "en/b.md": text(), "hi/b.md": text(audience="agents")}
    assert found(files) == []


@pytest.mark.parametrize(
    "address",
    [
        "/en/b/",
        "en/b",
        "/hi/b/",
        "/support/en/b/index.html",
        "/en/%62/",
        "https://help.example.com/support/en/b/",
    ],
)
def test_an_old_address_that_is_that_of_something_protected(address: str) -> None:
    written = f"---\ntitle: A\nredirect_from:\n  - /old/\n  - {address}\n---\nText.\n"
    finding = one({"en/a.md": written, "en/b.md": text(audience="agents")})
    assert finding.message == f"this says that it was at {address}, which is for agents only"
    assert finding.where.line == 5


def test_old_addresses_of_its_own() -> None:
    files = {"en/a.md": text(redirect_from="[/en/c/, /b/]"), "en/b.md": text(audience="agents")}
    assert found(files) == []


def test_a_public_translation_of_an_article_for_agents() -> None:
    finding = one({"en/b.md": text(audience="agents"), "hi/b.md": text(audience="public")})
    assert finding.message == "this translates an article for agents, and is itself public"
    assert (finding.where.path, finding.where.line) == ("articles/hi/b.md", 3)


@pytest.mark.parametrize("keys", [{"audience": "agents"}, {"status": "draft"}])
def test_a_translation_that_is_held_back_of_a_public_article(keys: dict[str, str]) -> None:
    assert found({"en/b.md": text(), "hi/b.md": text(**keys)}) == []


@pytest.mark.parametrize("source", ["b", "en/b.md", "{file: ../en/b.md, digest: abc}", "\n  - en/b.md"])
def test_what_a_translation_was_made_from(source: str) -> None:
    finding = one({"hi/a.md": text(source=source), "en/b.md": text(audience="agents")})
    assert "which is for agents only" in finding.message
    assert found({"hi/a.md": text(source=source), "en/b.md": text()}) == []


@pytest.mark.parametrize(
    ("identity", "files", "reason"),
    [
        ("logo: en/team/mark.svg", {"en/team/b.md": text(audience="agents")}, "all protected"),
        ("favicon: ../mark.svg", {}, "outside of the folder of articles"),
        ("logo: /etc/hostname", {}, "outside of the folder of articles"),
        ("logo: _team/mark.svg", {}, "never published"),
        ("logo: en/b.md", {"en/b.md": text(audience="agents")}, "never published"),
        ("logo: sections.yml", {"sections.yml": ""}, "the list of the sections"),
        ("footer: [{href: /en/b/, en: B}]", {"en/b.md": text(audience="agents")}, "for agents only"),
        ("footer: [{href: en/b/, en: B}]", {"en/b.md": text(audience="agents")}, "for agents only"),
        ("footer: [{href: ../en/b.md, en: B}]", {"en/b.md": text(audience="agents")}, "for agents only"),
    ],
)
def test_pictures_and_links_of_every_page(identity: str, files: dict[str, str], reason: str) -> None:
    mark = {"en/team/mark.svg": "<svg/>", "_team/mark.svg": "<svg/>", "../mark.svg": "<svg/>"}
    settings = SETTINGS + f"      identity: {{{identity}}}\n"
    everything = {f"articles/{name}": one for name, one in {"en/a.md": "x\n", **mark, **files}.items()}
    (finding,) = look("protected-target", {"mkdocs.yml": settings, **everything})
    assert reason in finding.message
    assert finding.where.path == "mkdocs.yml"


def test_pictures_of_every_page_that_are_public() -> None:
    settings = SETTINGS + "      identity: {logo: _assets/a.svg, favicon: en/team/a.svg}\n"
    files = {
        "articles/_assets/a.svg": "<svg/>",
        "articles/en/team/a.svg": "<svg/>",
        "articles/en/team/a.md": "x\n",
        "articles/en/team/b.md": text(audience="agents"),
    }
    assert look("protected-target", {"mkdocs.yml": settings, **files}) == []
