"""What tickets say of articles as annotations at their files, for a job on GitHub."""

from __future__ import annotations

from kbtool.model import Finding, Location
from kbtool.report.github import annotation
from kbtool.report.stale import OF_ONE_VERSION, StaleReport
from kbtool.stale.coverage import answers

LEFT_OUT = ("surge", "quiet", "words")  # no work on the text of an article


def stale_github(report: StaleReport, limit: int) -> str:
    """A warning per file of the first `limit` signals of each name; a gap has no file and is a notice."""
    versions = report.library.by_id()
    findings: list[Finding] = []
    seen: dict[str, int] = {}
    for signal in report.signals:
        seen[signal.name] = seen.get(signal.name, 0) + 1
        if signal.name in LEFT_OUT or seen[signal.name] > limit:
            continue
        locale = str(signal.numbers.get("locale", "")) if signal.name in OF_ONE_VERSION else ""
        message = f"{signal.topic + ': ' if signal.topic else ''}{signal.why}"
        paths = [
            article.where.path
            for id in signal.articles[:1]
            for own, article in versions[id].items()
            if not locale or answers(locale, [own])
        ]
        if signal.name == "gap":
            findings.append(Finding(signal.name, "info", Location(""), message))
        findings += [Finding(signal.name, "warning", Location(path, 1), message) for path in paths]
    return "\n".join(map(annotation, findings))
