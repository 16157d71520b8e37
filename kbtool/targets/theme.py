"""The files of the theme that a site needs, with a digest in the name of their folder."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

from kbtool.config import Config
from kbtool.errors import KbError
from kbtool.resources import material_dir, resource_dir

KINDS = ("styles/*.css", "scripts/*.js", "fonts/*.woff2")
PREVIEW = frozenset({"preview.css", "preview.js"})  # ours, for the writer's preview: in no build
MATERIAL = ("main.*.min.css", "palette.*.min.css")


def theme_folders(config: Config) -> list[Path]:
    """The site's own theme first, then kbtool's."""
    shipped = resource_dir("theme")
    own = config.custom_dir
    return [own, shipped] if own and own.resolve() != shipped.resolve() else [shipped]


def theme_files(config: Config, *, preview: bool = False) -> tuple[str, list[str], dict[str, bytes]]:
    """The folder of our assets, the addresses of Material's style sheets, and all files by path.

    With `preview`, what the writer's preview needs is among them.
    """
    own: dict[str, bytes] = {}
    for folder in reversed(theme_folders(config)):
        for kind in KINDS:
            for path in sorted(folder.glob(kind)):
                if preview or path.name not in PREVIEW or folder != resource_dir("theme"):
                    own[path.name] = path.read_bytes()
    digest = blake2b(b"".join(name.encode() + data for name, data in sorted(own.items())), digest_size=4)
    assets = f"assets/kb-{digest.hexdigest()}/"
    sheets, files = [], {assets + name: data for name, data in own.items()}
    for pattern in MATERIAL:
        found = sorted((material_dir() / "assets" / "stylesheets").glob(pattern))
        if not found:
            raise KbError(
                f"the installed mkdocs-material has no style sheet {pattern}",
                "install the version that kbtool works with: pip install 'mkdocs-material>=9.7,<10'",
            )
        path = found[0]
        text = path.read_text(encoding="utf-8")
        sheets.append(f"assets/material/{path.name}")
        files[sheets[-1]] = text.partition("/*# sourceMappingURL")[0].rstrip().encode() + b"\n"
    return assets, sheets, files
