"""What is protected, and that the words of pages made from public texts are not."""

from __future__ import annotations

from datetime import date

import pytest

from kbtool import pipeline
from kbtool.config import load
from kbtool.gate.protected import Protected, protect
from kbtool.gate.scan import Gate
from kbtool.targets.tree import tree_files
from tests.conftest import Kb

DAY = date(2026, 11, 22)


@pytest.fixture
def center(kb: Kb, monkeypatch: pytest.MonkeyPatch) -> Kb:
    monkeypatch.chdir(kb.root)
    return kb


def write(kb: Kb, public: str, held: str, locale: str = "en") -> Kb:
    kb.write(f"articles/{locale}/a.md", f"---\ntitle: Refunds\n---\n\n{public}\n")
    kb.write(f"articles/{locale}/c.md", "---\ntitle: Other\n---\n\nText.\n")
    return kb.write(f"articles/{locale}/b.md", f"---\ntitle: Inside\naudience: agents\n---\n\n{held}\n")


def protected_in(kb: Kb, day: date = DAY) -> Protected:
    config, problems = load(kb.root / "mkdocs.yml", {})
    assert config, problems
    return protect(config, pipeline.read(config), today=day)


SAME = "Press the big button to start the machine now and then."


@pytest.mark.parametrize(
    ("public", "held"),
    [
        ("You hadn't and mustn’t.", "You hadnt, you mustnt."),
        ("A caf&eacute; for cr&egrave;me.", "The cafe, the creme."),
        ("See [prices](p.csv).", "The quuxer is cheap."),
        ("Press ++ctrl+alt+eject++.", "Press eject."),
        ("| a | b |\n|---|---|\n| c | d |", "In the thead and tbody."),
        ('Press the [big button](c.md "Titled words") to start&nbsp;the machine now and then.', SAME),
        ("Press <a href='c.md'>the big</a> button<br>to start the machine now and then.", SAME),
        ("Press the [big button][one] to start the machine now and then.\n\n[one]: c.md", SAME),
        ("Press the **big** b*ut*ton[^1] to start the machine now and then.\n\n[^1]: Note.", SAME),
        ("> Press the big button\n> to start the\n> machine now and\n> then.", SAME),
        (" ".join(f"word{a}{b}" for a in "abcdefghij" for b in "klmnopqrst"), "Try 10, 11, 12, 13, 14, 15."),
        ("[x](c.md#one-two-three-four-five-six)", "Or c one two three four five six."),
        ("Wombats and quokkas clung to marmots.", "Let each wombat, each quokka cling to a marmot."),
        ("A refund.", "A reimbursement, whenever they repay, throughout."),
        (
            "One two three four five six seven.",
            f"Forms {', '.join(f'0{n}{c}' for n in range(1, 17) for c in 'jklmnopqrstuvwxyz')}.",
        ),
        ("Cassandraを[使う](c.md)方法について説明", "Cassandra または を使う方法について"),
    ],
)
def test_a_page_of_public_texts_holds_nothing(center: Kb, public: str, held: str) -> None:
    write(center, public, held).write("articles/en/p.csv", "sku,price\nquuxer,12\n")
    config, problems = load(center.root / "mkdocs.yml", {})
    assert config, problems
    content = pipeline.read(config)
    tree = pipeline.compile(config, content, "public", today=DAY)
    gate = Gate(protect(config, content, today=DAY))
    for name, data in tree_files(config, tree):
        gate.look(name, data)
    assert [leak.text for leak in gate.leaks] == []
    assert not gate.protected.is_empty


def test_pieces_of_scripts_without_spaces_that_the_index_cuts_are_public(center: Kb) -> None:
    center.settings("locales: {th: ไทย}\narticles: {defaults: {audience: public}}")
    found = protected_in(write(center, "การขอคืนเงินสำหรับสินค้า", "คืนเงินสำ ที่ คืนเง ห้ามบอกลูกค้า", "th")).words
    assert "คืนเง" not in found
    assert any("บอก" in word for word in found)


def test_the_words_with_their_apostrophes_gone_are_protected_as_in_the_index(center: Kb) -> None:
    found = protected_in(write(center, "Text.", "The zanzibar's limit.")).words
    assert {"zanzibar", "zanzibars"} <= found.keys()


def test_what_only_begins_like_a_public_word_is_protected(center: Kb) -> None:
    found = protected_in(write(center, "Orders and refunds.", "Orderly refundable reordered 05zz 5zz.")).words
    assert {"orderly", "refundable", "reordered", "05zz", "5zz"} <= found.keys()


def test_words_of_a_file_that_everybody_gets_are_public_but_a_sentence_is_not(center: Kb) -> None:
    write(center, "See [notes](n.txt).", "Quuxers may be paid twice without asking anybody.")
    center.write("articles/en/n.txt", "Quuxers may be paid twice without asking anybody.\n")
    found = protected_in(center)
    assert "quuxers" not in found.words
    assert ("quuxers", "may", "be", "paid", "twice", "without") in found.phrases


def test_the_digest_names_everything_that_the_set_follows_from(center: Kb) -> None:
    write(center, "Text of one.", "Held.").write("articles/en/x.bin", b"\0" * 20)
    before = protected_in(center)
    assert protected_in(center) == before
    digests = {before.digest}
    for change in (
        ("articles/en/a.md", "---\ntitle: Refunds\n---\n\nText of two.\n"),
        ("articles/en/b.md", "---\ntitle: Inside\naudience: agents\n---\n\nHeld back.\n"),
        ("articles/en/x.bin", b"\1" * 20),
        ("articles/en/sections.md", "---\ntitle: Late\npublish_at: 2026-11-30\n---\n\nLater.\n"),
        ("theme/strings/en.yml", "search.label: Find it\n"),
    ):
        center.write(*change)
        if "theme" in change[0]:
            center.settings(top="theme: {name: material, custom_dir: theme}")
        digests.add(protected_in(center).digest)
    digests.add(protected_in(center, date(2026, 12, 1)).digest)
    assert len(digests) == 7
    assert protected_in(center, date(2026, 12, 1)).files.keys() == protected_in(center).files.keys()


def test_nothing_is_found_out_before_it_is_asked_for(center: Kb) -> None:
    def fail() -> None:
        raise AssertionError

    protected = protected_in(write(center, "Text.", "Held."))
    first = Gate(protected)
    first.look("a.html", b"<p>fine</p>")
    unasked = Protected(protected.files, protected.digest, fail)  # type: ignore[arg-type]
    again = Gate(unasked, frozenset(first.passed))
    again.look("a.html", b"<p>fine</p>")
    assert again.passed == first.passed
    with pytest.raises(AssertionError):
        again.look("b.html", b"<p>fine</p>")
