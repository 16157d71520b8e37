"""What the templates see of a site: names, colours, contact and links, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from kbtool import __version__
from kbtool.config import Config
from kbtool.content.preview import State
from kbtool.lang.locales import direction
from kbtool.model import Audience
from kbtool.search.format import index_dir
from kbtool.site.strings import Strings
from kbtool.site.urls import home_url


@dataclass(frozen=True)
class LocaleView:
    """A language of the site: its tag, its name in itself, its direction and its home."""

    tag: str
    name: str
    dir: str
    url: str


@dataclass(frozen=True)
class ContactView:
    """One way to reach people. `kind` chooses the icon, `href` is '' where there is nothing to open."""

    kind: str
    label: str
    href: str = ""
    note: str = ""


@dataclass(frozen=True)
class PreviewView:
    """What only the writer's preview knows.

    `edition` is the name of what was built, `states` the addresses of pages that readers do not see, each
    with the reason.
    """

    edition: str
    states: Mapping[str, State]


@dataclass(frozen=True)
class SiteView:
    """The site as seen from the pages of one locale. `search` is the index, the two after it are pages."""

    name: str
    url: str
    colour: str
    accent: str
    logo: str
    favicon: str
    footer: tuple[tuple[str, str], ...]
    locales: tuple[LocaleView, ...]
    contact: tuple[ContactView, ...]
    tree: Audience
    assets: str
    stylesheets: tuple[str, ...]
    search: str
    search_page: str
    az_page: str
    generator: str
    preview: PreviewView | None = None


def site_view(
    config: Config,
    audience: Audience,
    locale: str,
    strings: Strings,
    *,
    names: Mapping[str, str],
    pictures: Mapping[str, str],
    assets: str,
    stylesheets: tuple[str, ...],
    own: Mapping[str, str],
    preview: PreviewView | None = None,
) -> SiteView:
    """The view for one locale.

    `pictures` are the addresses of logo and icon, '' for none, `own` those of kbtool's pages by their kind.
    """
    identity = config.settings.identity
    return SiteView(
        name=config.site.site_name,
        url=config.site.site_url,
        colour=identity.colour,
        accent=identity.accent,
        logo=pictures.get("logo", ""),
        favicon=pictures.get("favicon", ""),
        footer=tuple((_in(row, locale), row.get("href", "")) for row in identity.footer),
        locales=tuple(LocaleView(tag, names[tag], direction(tag), home_url(tag)) for tag in config.locales),
        contact=tuple(_contact(config, locale, strings)),
        tree=audience,
        assets=assets,
        stylesheets=stylesheets,
        search=index_dir(locale),
        search_page=own["search"],
        az_page=own["a-z"],
        generator=f"kbtool {__version__}",
        preview=preview,
    )


def _in(texts: Mapping[str, str], locale: str) -> str:
    """The text in that locale, else the one for all, else the first."""
    own = {key: text for key, text in texts.items() if key != "href"}
    return own.get(locale) or own.get("") or next(iter(own.values()), "")


def _contact(config: Config, locale: str, strings: Strings) -> list[ContactView]:
    contact = config.settings.contact
    found = []
    if contact.phone.number:
        number = contact.phone.number
        hours = _in(contact.phone.hours, locale) if contact.phone.hours else ""
        found.append(ContactView("phone", number, "tel:" + _dialled(number), hours))
    if contact.whatsapp:
        href = "https://wa.me/" + _dialled(contact.whatsapp).lstrip("+")
        found.append(ContactView("whatsapp", contact.whatsapp, href))
    if contact.mail:
        found.append(ContactView("mail", contact.mail, "mailto:" + quote(contact.mail, safe="@+")))
    if contact.answer_within and found:
        amount, unit = int(contact.answer_within[:-1]), contact.answer_within[-1]
        key = "contact.within_days" if unit == "d" else "contact.within_hours"
        found.append(ContactView("answer", strings.text(key, n=amount)))
    return found


def _dialled(number: str) -> str:
    """The number as a phone dials it: Latin digits, whatever digits it is written in."""
    return "".join(
        "+" if char == "+" else str(int(char)) for char in number if char == "+" or char.isdecimal()
    )
