"""Small pictures of numbers as SVG: weeks as bars, and an interval as a whisker. No script, no file."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

WIDTH, HEIGHT, TOP = 520, 92, 6
WHISKER_WIDTH, WHISKER_HEIGHT = 180, 20
MOST_RATIO = 3.0


def weeks(counts: Sequence[int], label: str, start: int | None = None, expected: float | None = None) -> str:
    """Bars of tickets a week; those from `start` on stand out, and a line shows what was expected there."""
    count = len(counts)
    if not count:
        return ""
    top = max(*counts, expected or 0, 1)
    step = WIDTH / count
    scale = (HEIGHT - TOP) / top
    bars: dict[bool, list[str]] = {False: [], True: []}
    for n, value in enumerate(counts):
        height = value * scale
        if height:
            is_risen = start is not None and n >= start
            bars[is_risen].append(
                f"M{n * step + step * 0.12:.1f} {HEIGHT}v{-height:.1f}h{step * 0.76:.1f}v{height:.1f}z"
            )
    parts = [
        f'<path class="{name}" d="{"".join(bars[risen])}"/>'
        for risen, name in ((False, "bar"), (True, "bar bar--risen"))
        if bars[risen]
    ]
    if start is not None and expected is not None:
        y = HEIGHT - expected * scale
        parts.append(f'<path class="expected" d="M{start * step:.1f} {y:.1f}H{WIDTH}"/>')
    return _svg("chart", WIDTH, HEIGHT, label, "".join(parts))


def small(counts: Sequence[int], label: str) -> str:
    """The same for a cell of a table."""
    count, height = len(counts), 22
    if not count:
        return ""
    step, top = 120 / count, max(*counts, 1)
    path = "".join(
        f"M{n * step:.1f} {height}v{-value * (height - 1) / top:.1f}h{step * 0.7:.1f}V{height}z"
        for n, value in enumerate(counts)
        if value
    )
    return _svg("small", 120, height, label, f'<path class="bar" d="{path}"/>')


def whisker(ratio: float, lower: float, upper: float, label: str) -> str:
    """An interval around 1 = no change, cut at MOST_RATIO times."""

    def x(value: float) -> float:
        return 2 + min(value, MOST_RATIO) / MOST_RATIO * (WHISKER_WIDTH - 4)

    middle = WHISKER_HEIGHT / 2
    inside = (
        f'<path class="one" d="M{x(1):.1f} 0V{WHISKER_HEIGHT}"/>'
        f'<path class="range" d="M{x(lower):.1f} {middle}H{x(upper):.1f}"/>'
        f'<circle class="dot" cx="{min(x(ratio), WHISKER_WIDTH - 4):.1f}" cy="{middle}" r="4"/>'
    )
    return _svg("whisker", WHISKER_WIDTH, WHISKER_HEIGHT, label, inside)


def _svg(name: str, width: int, height: int, label: str, inside: str) -> str:
    box = (
        f'viewBox="0 0 {width} {height}" preserveAspectRatio="none"'
        if name == "chart"
        else (f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"')
    )
    return f'<svg class="{name}" {box} role="img" aria-label="{escape(label)}">{inside}</svg>'
