"""The guides for hosts: their files are read as the host would, against the files of a real build."""

from __future__ import annotations

import fnmatch
import json
import re
import shutil
import subprocess
import textwrap
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from kbtool.config import load as load_settings
from tests.ci.forge import Forge
from tests.conftest import ROOT, Kb

if TYPE_CHECKING:
    from playwright.sync_api import Browser

GUIDES = ROOT / "docs" / "how-to" / "deploy"
BLOCK = re.compile(r'^( *)```\w+ title="([^"]+)"\n(.*?)^\1```$', re.DOTALL | re.MULTILINE)
YEAR = "public, max-age=31536000, immutable"
DIGEST = re.compile(r"[-.][0-9a-f]{6,}\.\w+|/kb-[0-9a-f]{8}/")


def block(guide: str, title: str) -> str:
    """The text of a file that a guide shows."""
    matches = BLOCK.finditer((GUIDES / guide).read_text(encoding="utf-8"))
    return {match[2]: textwrap.dedent(match[3]) for match in matches}[title]


POLICY = block("README.md", "Content-Security-Policy").strip()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Kb:
    """A new help center, built for the root of a host."""
    kb = Kb(tmp_path_factory.mktemp("deploy"))
    assert kb.run("init", "help").exit == 0
    kb = Kb(kb.root / "help")
    settings = (kb.root / "mkdocs.yml").read_text(encoding="utf-8")
    kb.write("mkdocs.yml", settings.replace("# site_url", "site_url"))
    assert kb.run("build", "--audience", "public").exit == 0
    return kb


@pytest.fixture(scope="module")
def paths(site: Kb) -> list[str]:
    """The addresses of all of its files."""
    return ["/" + path for path in site.tree()]


def lasting(paths: list[str]) -> set[str]:
    """Those that may be kept for a year: their names carry a digest of their content."""
    return {path for path in paths if DIGEST.search(path)}


def test_all_that_lasts_is_found_by_its_name(paths: list[str]) -> None:
    kinds = {path.split("/")[1] if path.count("/") > 1 else path for path in lasting(paths)}
    assert kinds == {"assets", "search"}
    short = {path.rpartition("/")[2] for path in set(paths) - lasting(paths)}
    assert short == {"index.html", "404.html", "manifest.json", "sitemap.xml"}


def test_every_guide_has_the_same_policy() -> None:
    shown = re.findall(
        r"default-src[^\"\n]*", "".join(p.read_text(encoding="utf-8") for p in GUIDES.glob("*.md"))
    )
    assert len(shown) == 5
    assert set(shown) == {POLICY}
    assert "unsafe" not in POLICY


def test_the_overview_lists_every_guide() -> None:
    text = (GUIDES / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| \[[^]]+\]\(([\w-]+\.md)\)", text, re.MULTILINE)) == {
        path.name for path in GUIDES.glob("*.md") if path.name != "README.md"
    }


@pytest.mark.parametrize("guide", ["README.md", "github-pages.md", "gitlab-pages.md"])
def test_the_settings_of_the_guides_can_be_used(guide: str, tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(block(guide, "mkdocs.yml"), encoding="utf-8")
    config, findings = load_settings(tmp_path / "mkdocs.yml", {})
    assert (findings, config is not None) == ([], True)
    assert config is not None
    assert config.site.site_url.endswith("/")


def test_netlify(paths: list[str], forge: Forge) -> None:
    rules = tomllib.loads(block("netlify.md", "netlify.toml"))
    headers = {rule["for"]: rule["values"] for rule in rules["headers"]}
    assert headers["/*"]["Content-Security-Policy"] == POLICY
    assert "Cache-Control" not in headers["/*"], "values of all rules that match are joined"
    assert headers["/assets/*"] == {"Cache-Control": YEAR}
    assert {path for path in paths if fnmatch.fnmatch(path, "/assets/*")} <= lasting(paths)
    for rule in rules["redirects"]:
        assert rule["status"] == 404
        assert rule["to"] in paths
        assert rule["from"] == rule["to"].replace("404.html", "*")
    assert {rule["to"] for rule in rules["redirects"]} == {f"/{locale}/404.html" for locale in ("en", "hi")}
    code, printed = forge.bash(rules["build"]["command"], rules["build"]["environment"])
    assert code == 0, printed
    assert forge.calls() == [["pip", "install", rules["build"]["environment"]["KBTOOL"]]]
    built = forge.repository / rules["build"]["publish"]
    assert (built / "hi" / "orders" / "refund" / "index.html").is_file()


def cloudflare_rules(text: str) -> Iterator[tuple[re.Pattern[str], dict[str, str]]]:
    """The rules of a `_headers` file: which addresses, and their headers."""
    for part in re.split(r"\n\s*\n", text.strip()):
        first, *lines = part.splitlines()
        pattern = re.sub(r":[a-z]\w*", "[^/]+", re.escape(first).replace(r"\*", ".*"))
        yield re.compile(pattern), dict(re.split(r": ?", line.strip(), maxsplit=1) for line in lines)


def test_cloudflare(paths: list[str], forge: Forge) -> None:
    text = block("cloudflare-pages.md", "deploy/_headers")
    rules = list(cloudflare_rules(text))
    year = set()
    for path in paths:
        own = [headers for pattern, headers in rules if pattern.fullmatch(path)]
        assert [h["Content-Security-Policy"] for h in own if "Content-Security-Policy" in h] == [POLICY]
        cache = [headers["Cache-Control"] for headers in own if "Cache-Control" in headers]
        assert cache in ([], [YEAR]), "values of all rules that match are joined"
        year |= {path} if cache else set()
    assert year == lasting(paths)
    (forge.repository / "deploy").mkdir()
    (forge.repository / "deploy" / "_headers").write_text(text, encoding="utf-8")
    command = block("cloudflare-pages.md", "build command")
    for _again in range(2):
        code, printed = forge.bash(command, {"KBTOOL": "kbtool"})
        assert code == 0, printed
    assert (forge.repository / "site" / "_headers").read_text(encoding="utf-8") == text


class Directive(NamedTuple):
    """One directive of nginx: its words, and the directives in its block."""

    words: list[str]
    inner: list[Directive]


def nginx_tree(text: str) -> list[Directive]:
    """nginx's language as a tree."""
    words = iter(re.findall(r"\"[^\"]*\"|'[^']*'|[{};]|[^\s{};]+", text))

    def read() -> Iterator[Directive]:
        line: list[str] = []
        for word in words:
            if word == "}":
                assert not line, f"no ; behind {line}"
                return
            if word in ("{", ";"):
                yield Directive(line, list(read()) if word == "{" else [])
                line = []
            else:
                line.append(word[1:-1] if word[0] in "\"'" else word)

    return list(read())


def mapped(rules: list[Directive], value: str) -> str:
    """What a `map` of nginx gives: the first pattern that fits, else its default."""
    table = {words[0]: words[1] for words, _ in rules}
    fitting = (to for rule, to in table.items() if rule.startswith("~") and re.search(rule[1:], value))
    return next(fitting, table["default"])


def test_nginx(paths: list[str]) -> None:
    text = block("nginx.md", "/etc/nginx/conf.d/help.conf")
    tree = nginx_tree(text)
    maps = {words[2]: inner for words, inner in tree if words[0] == "map"}
    (server,) = (inner for words, inner in tree if words[0] == "server")
    assert {path for path in paths if mapped(maps["$help_cache"], path) == YEAR} == lasting(paths)
    assert mapped(maps["$help_cache"], "/hi/404.html") == "public, max-age=300"
    for address in ("/hi/gone/", "/en/gone", "/gone"):
        page = mapped(maps["$help_missing"], address)
        assert page in paths
        assert page == (f"{address[:3]}/404.html" if address.count("/") > 1 else "/404.html")
    headers = {words[1]: words for words, _ in server if words[0] == "add_header"}
    assert headers["Content-Security-Policy"][2] == POLICY
    assert all(words[-1] == "always" for words in headers.values())
    assert not [words for words, inner in server for line, _ in inner if line[0] == "add_header"]
    assert Directive(["error_page", "404", "$help_missing"], []) in server


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed")
def test_nginx_takes_its_file(tmp_path: Path) -> None:
    text = block("nginx.md", "/etc/nginx/conf.d/help.conf")
    whole = f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; {text} }}"
    (tmp_path / "nginx.conf").write_text(whole, encoding="utf-8")
    command = ["nginx", "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert "syntax is ok" in done.stderr, done.stderr


def synced(paths: list[str], call: list[str]) -> set[str]:
    """What `aws s3 sync` takes: all, then each --exclude and --include in order, the last one counts."""
    filters = [(word, call[at + 1]) for at, word in enumerate(call) if word in ("--exclude", "--include")]
    taken = set()
    for path in paths:
        fits = [word == "--include" for word, pattern in filters if fnmatch.fnmatchcase(path[1:], pattern)]
        taken |= {path} if not fits or fits[-1] else set()
    return taken


def test_s3(paths: list[str], forge: Forge) -> None:
    forge.record("aws")
    code, printed = forge.bash(block("s3.md", "publish-s3.sh"), {"BUCKET": "help"})
    assert code == 0, printed
    first, second = forge.calls()
    assert first[:5] == second[:5] == ["aws", "s3", "sync", "site", "s3://help"]
    assert synced(paths, first) == lasting(paths)
    assert synced(paths, second) == set(paths) - lasting(paths)
    caches = [call[call.index("--cache-control") + 1] for call in (first, second)]
    assert caches == [YEAR, "public, max-age=300"]
    assert "--delete" in second
    assert "--delete" not in first
    headers = json.loads(block("s3.md", "headers.json"))["SecurityHeadersConfig"]
    assert headers["ContentSecurityPolicy"]["ContentSecurityPolicy"] == POLICY


def test_s3_copies_nothing_after_a_failed_build(forge: Forge) -> None:
    forge.record("aws")
    (forge.repository / "articles" / "en" / "broken.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    code, _ = forge.bash(block("s3.md", "publish-s3.sh"), {"BUCKET": "help"})
    assert (code, forge.calls()) == (1, [])


@pytest.mark.browser
def test_cloudfronts_function_finds_every_page(browser: Browser, paths: list[str]) -> None:
    page = browser.new_page()
    wanted = {path.removesuffix("index.html"): path for path in paths}
    each = "return uris.map(uri => handler({request: {uri}}));"
    script = f"uris => {{ {block('s3.md', 'folders.js')} {each} }}"
    answers = page.evaluate(script, list(wanted))
    assert [answer["uri"] for answer in answers] == list(wanted.values())
    (moved,) = page.evaluate(script, ["/hi/orders"])
    assert (moved["statusCode"], moved["headers"]["location"]["value"]) == (301, "/hi/orders/")
    page.close()


@pytest.mark.skipif(shutil.which("rsync") is None, reason="rsync is not installed")
def test_rsync_to_a_folder(forge: Forge, tmp_path: Path) -> None:
    target = tmp_path / "www"
    target.mkdir()
    script = block("rsync.md", "publish-rsync.sh")
    assert forge.bash(script, {"TARGET": str(target)})[0] == 0
    built = Kb(forge.repository).tree()
    assert Kb(tmp_path).tree("www") == built
    (forge.repository / "articles" / "en" / "orders" / "refund.md").unlink()
    (forge.repository / "articles" / "hi" / "orders" / "refund.md").unlink()
    assert forge.bash(script, {"TARGET": str(target)})[0] == 0
    after = Kb(tmp_path).tree("www")
    assert "en/orders/refund/index.html" not in after
    assert Kb(forge.repository).tree().items() <= after.items()
    assert {path for path in built if path.startswith("search/")} <= set(after)


def test_the_commands_for_rsync(forge: Forge) -> None:
    forge.record("rsync")
    code, printed = forge.bash(block("rsync.md", "publish-rsync.sh"), {"TARGET": "web@help:/www"})
    assert code == 0, printed
    first, second = forge.calls()
    assert first[-3:] == ["site/assets", "site/search", "web@help:/www/"]
    assert second[-2:] == ["site/", "web@help:/www/"]
    assert "--delete-after" in second
    assert "--delete-after" not in first
    (forge.repository / "articles" / "en" / "broken.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    code, _ = forge.bash(block("rsync.md", "publish-rsync.sh"), {"TARGET": "web@help:/www"})
    assert (code, forge.calls()) == (1, [])
