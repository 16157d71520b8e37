"""What the fields of a help desk's tickets mean: one file per system in `kbtool/tickets/presets/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kbtool.config import TICKET_FIELDS
from kbtool.errors import UsageError
from kbtool.model import Finding
from kbtool.nearest import did_you_mean
from kbtool.resources import package_dir
from kbtool.typed import FLAG, TEXT, TEXTS, Kind, attempt, key, mapping, record
from kbtool.yamlfile import YamlReader

RULE = "bad-settings"
# What kbtool knows of a ticket. Everything else in an export is listed, and not looked at.
FIELDS = TICKET_FIELDS
HOURS = {"hours": 1.0, "minutes": 1 / 60, "seconds": 1 / 3600}


@dataclass(frozen=True)
class Preset:
    """How the tickets of one system are read. A field is a column's name, or a path such as `via.channel`.

    In a path `*` stands for every item of a list, and a name picks the item of a list of id and value.
    """

    name: str = key(TEXT, "The system.", "")
    verified: bool = key(FLAG, "Whether it was made from documented exports.", default=False)
    records: tuple[str, ...] = key(TEXTS, "Keys below which a JSON document lists tickets.", ())
    fields: Mapping[str, tuple[str, ...]] = key(
        mapping(TEXTS), "Ours: theirs, the first that is there.", factory=dict
    )
    answer: Mapping[str, tuple[str, ...]] = key(
        mapping(TEXTS),
        "The time to the first answer: hours, minutes or seconds, and its field.",
        factory=dict,
    )
    csat: Mapping[str, tuple[str, ...]] = key(
        mapping(TEXTS), "Which ratings are satisfied and unsatisfied.", factory=dict
    )
    channels: Mapping[str, str] = key(mapping(TEXT), "Names for their channels.", factory=dict)
    solved: tuple[str, ...] = key(TEXTS, "What their status is when a ticket is solved.", ())
    leave_out: Mapping[str, Mapping[str, tuple[str, ...]]] = key(
        mapping(mapping(TEXTS)), "Why: {field: values} of tickets that are none.", factory=dict
    )


def preset_names() -> list[str]:
    """The systems that are known."""
    return sorted(path.stem for path in package_dir("tickets/presets").glob("*.yml"))


def load_preset(name: str) -> Preset:
    """A preset by its name, or from a file of one's own (`….yml`). Raises UsageError with its problems."""
    own = Path(name)
    path = own if own.suffix in (".yml", ".yaml") else package_dir("tickets/presets") / f"{name}.yml"
    if not path.is_file():
        known = ", ".join(preset_names())
        raise UsageError(
            f"there is no preset '{name}'", did_you_mean(name, preset_names()) or f"known: {known}"
        )
    reader = YamlReader(str(own) if path == own else path.name, path.read_text(encoding="utf-8"), RULE)
    node = reader.read()
    preset: Preset | None = attempt(PRESET, node, reader) if node else None
    if preset is not None:
        for name_, where in (("fields", FIELDS), ("answer", HOURS), ("csat", ("satisfied", "unsatisfied"))):
            for unknown in sorted(set(getattr(preset, name_)) - set(where)):
                at = node.get(name_) if node else None
                help = did_you_mean(unknown, where) or f"known: {', '.join(where)}"
                reader.problem(at.line if at else 1, 1, f"unknown key '{unknown}' below {name_}", help)
    if preset is None or reader.findings:
        raise UsageError(f"the preset {name} cannot be used: {_listed(reader.findings)}", "correct the file")
    return preset


def _listed(findings: list[Finding]) -> str:
    found = [f"line {finding.where.line}: {finding.message}" for finding in findings]
    return "; ".join(found) or "it is empty"


PRESET: Kind = record(Preset)
