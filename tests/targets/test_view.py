"""What the templates see of a site."""

from __future__ import annotations

from pathlib import Path

from kbtool.resources import resource_dir
from kbtool.site.strings import load_strings
from kbtool.targets.view import ContactView, LocaleView, SiteView, site_view
from tests.samples import config_in

CONTACT = (
    'contact: {phone: {number: "+91 (1800) 00-1", hours: {en: 9 to 6, hi: ९ से ६}}, mail: a+b@help.example, '
)
CONTACT += 'whatsapp: "+91 999", answer_within: 2d}'


def view(folder: Path, locale: str, own: str = "", **pictures: str) -> SiteView:
    config = config_in(
        folder, own=f"locales: {{en: English, hi: हिन्दी, ar: العربية}}{', ' if own else ''}{own}"
    )
    return site_view(
        config,
        "public",
        locale,
        load_strings(locale, [resource_dir("theme") / "strings"]),
        names=config.settings.locales,
        pictures=pictures,
        assets="assets/kb-1/",
        stylesheets=("a.css",),
        own={"search": f"{locale}/search/", "a-z": f"{locale}/a-z/"},
    )


def test_locales_have_a_name_a_direction_and_a_home(tmp_path: Path) -> None:
    assert view(tmp_path, "en").locales == (
        LocaleView("en", "English", "ltr", "en/"),
        LocaleView("hi", "हिन्दी", "ltr", "hi/"),
        LocaleView("ar", "العربية", "rtl", "ar/"),
    )


def test_the_search_is_that_of_the_locale(tmp_path: Path) -> None:
    assert view(tmp_path, "hi").search == "search/hi/"


def test_ways_to_reach_people_come_in_the_readers_language(tmp_path: Path) -> None:
    phone, whatsapp, mail, answer = view(tmp_path, "hi", CONTACT).contact
    assert phone == ContactView("phone", "+91 (1800) 00-1", "tel:+911800001", "९ से ६")
    assert whatsapp.href == "https://wa.me/91999"
    assert mail.href == "mailto:a+b@help.example"
    assert (answer.kind, answer.href) == ("answer", "")
    assert "2" in answer.label
    english = view(tmp_path, "en", CONTACT).contact
    assert english[0].note == "9 to 6"
    assert english[3].label != answer.label
    assert view(tmp_path, "ar", CONTACT).contact[0].note == "9 to 6", "the first, where there is no other"


def test_an_answer_time_alone_is_no_way_to_reach_anybody(tmp_path: Path) -> None:
    assert view(tmp_path, "en", "contact: {answer_within: 4h}").contact == ()


def test_an_address_cannot_carry_more_than_an_address(tmp_path: Path) -> None:
    (mail,) = view(tmp_path, "en", 'contact: {mail: "a@b.example?bcc=x@y.example&body=z"}').contact
    assert "?" not in mail.href
    assert "&" not in mail.href


def test_links_at_the_foot_have_a_title_per_language(tmp_path: Path) -> None:
    own = "identity: {footer: [{en: Privacy, hi: निजता, href: /privacy}], colour: teal}"
    assert view(tmp_path, "hi", own).footer == (("निजता", "/privacy"),)
    assert view(tmp_path, "ar", own).footer == (("Privacy", "/privacy"),)
    assert view(tmp_path, "ar", own).colour == "teal"


def test_pictures_are_given_or_empty(tmp_path: Path) -> None:
    assert view(tmp_path, "en", logo="assets/files/l.svg").logo == "assets/files/l.svg"
    assert view(tmp_path, "en").favicon == ""


def test_a_number_in_other_digits_is_dialled_in_latin_ones(tmp_path: Path) -> None:
    phone, whatsapp = view(
        tmp_path, "hi", 'contact: {phone: {number: "+९१ १८००-२"}, whatsapp: "+٩١ ٩٩²"}'
    ).contact
    assert (phone.label, phone.href) == ("+९१ १८००-२", "tel:+9118002")
    assert whatsapp.href == "https://wa.me/9199"
