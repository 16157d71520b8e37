"""Where the files lie that kbtool ships or takes from a package: theme, search data, Material's assets."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from kbtool.errors import KbError


@cache
def resource_dir(name: str) -> Path:
    """The folder `theme` or `search`: inside the installed package, else beside it in a checkout."""
    package = Path(__file__).parent
    shipped = package / f"_{name}"
    return shipped if shipped.is_dir() else package.parent / name


def package_dir(name: str) -> Path:
    """A folder of data inside the package."""
    return Path(__file__).parent / name


@cache
def material_dir() -> Path:
    """The templates folder of mkdocs-material, found without importing it: its files are all we use."""
    spec = find_spec("material")
    if spec is None or spec.origin is None:
        raise KbError(
            "the package mkdocs-material is not installed",
            "install it: pip install 'mkdocs-material>=9.7,<10'",
        )
    return Path(spec.origin).parent / "templates"


@cache
def icon(name: str) -> str:
    """The SVG of an icon such as `material/magnify`; '' when there is none of that name."""
    base = material_dir() / ".icons"
    path = base / f"{name}.svg"
    if ".." in name or not path.is_file():
        return ""
    return path.read_text(encoding="utf-8").strip()
