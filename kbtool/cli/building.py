"""A build from reading the articles to exchanging the trees."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from kbtool import pipeline
from kbtool.cli.common import Talk, progress_line, show
from kbtool.config import Config
from kbtool.content.files import shown
from kbtool.content.protected import told_once
from kbtool.errors import NoArticles
from kbtool.gate.scan import Gate
from kbtool.model import Article, Audience, Finding
from kbtool.pipeline import Content, Memory, Tree
from kbtool.render.pool import Pool
from kbtool.report.changes import Release, changes, release
from kbtool.report.discreet import discreet
from kbtool.report.text import summary
from kbtool.store import Store
from kbtool.targets.directory import check_target
from kbtool.targets.disk import remove
from kbtool.targets.gatekeeper import leaks, open_gate, remember
from kbtool.targets.records import keep_release, last_release, note_release
from kbtool.targets.releases import staging
from kbtool.targets.swap import AGENTS, SITE, Workshop
from kbtool.targets.texts import keep_texts
from kbtool.targets.tools import STORE, tools_of
from kbtool.targets.tree import tree_files
from kbtool.targets.unchanged import SECONDS


@dataclass(frozen=True)
class Job:
    """What is to be built, and where."""

    config: Config
    target: Path
    workshop: Workshop
    audiences: tuple[Audience, ...]
    day: date
    talk: Talk


Done = tuple[list[Finding], list[str], str]


def made(job: Job) -> Done | None:
    """The site, from reading to exchanging: what is to be said of it, and what is new.

    None, and all is said, where nothing could be published.
    """
    with Store(job.config.private_dir / STORE) as store:
        memory = Memory(store, tools_of(job.config))
        done = _made(job, memory)
        store.save(forget=done is not None)
        return done


def _made(job: Job, memory: Memory) -> Done | None:
    config, target, audiences, talk = job.config, job.target, job.audiences, job.talk
    content = pipeline.read(config)
    if not content.library.articles and not content.findings:
        raise NoArticles(str(config.docs_dir))
    trees = _compile(job, content, memory)
    findings = [*content.findings, *(finding for tree in trees for finding in tree.findings)]
    findings = told_once(findings)
    if len(trees) == 1:  # of CI, whose log may be public
        findings = discreet(findings, config, content.library, trees[0].plan)
    if any(finding.severity == "error" for finding in findings):
        show(finding for finding in findings if finding.severity == "error" or talk.verbose)
        if not talk.verbose and not talk.quiet:
            show((finding for finding in findings if finding.severity == "warning"), brief=True)
        click.echo(f"{summary(findings)}. Nothing was published; the last good site is untouched.", err=True)
        return None
    articles, last = content.library.articles, last_release(config, target)
    gate = open_gate(config, content, job.day)
    if not _publish(config, trees, job.workshop, last, gate, memory):
        show(leaks(gate, target, quoted=len(trees) > 1))
        click.echo("Nothing was published; the last good site is untouched.", err=True)
        return None
    keep_release(config, target, release(articles, audiences, job.day, last))
    lines = _report(config, content, trees, target, job.day, findings)
    return findings, lines, changes(articles, audiences, job.day, last)


def _compile(job: Job, content: Content, memory: Memory) -> list[Tree]:
    with Pool() as pool:
        return [
            pipeline.compile(
                job.config,
                content,
                audience,
                today=job.day,
                memory=memory,
                progress=progress_line(f"reading articles ({audience})"),
                pool=pool,
            )
            for audience in job.audiences
        ]


def _publish(
    config: Config, trees: list[Tree], workshop: Workshop, last: Release | None, gate: Gate, memory: Memory
) -> bool:
    """Write all trees, then put them in place, the private one first: the public site never runs ahead.

    False, and nothing is published, where the gate found something protected.
    """
    with staging(workshop) as stage:
        for tree in reversed(trees):
            name = tree.plan.audience
            files = tree_files(config, tree, memory.search, progress_line(f"writing pages ({name})"))
            if name == "public":
                stage.write(SITE, gate.watched(files))
            else:
                stage.write(AGENTS, files, private=True)
        if gate.leaks:
            return False
        with ExitStack() as undo:
            for tree in trees:
                for path in keep_texts(tree.documents, config.private_dir / "texts" / tree.plan.audience):
                    undo.callback(remove, path)
            note_release(stage.folder, last)
            # Meanwhile somebody may have put something else there.
            check_target(workshop.targets[SITE], config.docs_dir, config.own_paths)
            stage.commit(SITE if tree.plan.audience == "public" else AGENTS for tree in trees)
            undo.pop_all()
    remember(config, gate)
    return True


def _report(
    config: Config, content: Content, trees: list[Tree], target: Path, day: date, findings: list[Finding]
) -> list[str]:
    """The closing lines: what is out, what is held back, how long it took."""
    public = trees[0]
    pages, locales = len(public.plan.pages), len(config.locales)
    published = len(public.rendered)
    held = Counter(reason for article in content.library.articles if (reason := _held_back(article, day)))
    where = f"in {locales} locale{'s' if locales > 1 else ''}"
    found = summary(f for f in findings if f.severity != "info")
    lines = [f"{shown(target)}: {published} articles on {pages} pages {where}, {SECONDS}, {found}"]
    if held and len(trees) > 1:
        words = ", ".join(f"{number} {reason}" for reason, number in sorted(held.items()))
        lines.append(f"held back from the public: {words}")
    if len(trees) > 1:
        lines.append(f"for agents: {shown(config.private_dir / 'agents')}")
    return lines


def _held_back(article: Article, day: date) -> str:
    """Why an article is not in the public site; '' when it is."""
    if article.status != "published":
        return {"draft": "draft", "archived": "archived"}[article.status]
    if not article.is_live(day):
        return "not yet due" if article.publish_at and article.publish_at > day else "expired"
    return "" if article.audience == "public" else "for agents"
