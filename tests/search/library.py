"""A small bilingual library for the tests of the search."""

from __future__ import annotations

from pathlib import Path

from kbtool.search.build import build_index
from kbtool.search.reader import Index
from kbtool.search.texts import Document


def document(id: str, title: str, body: str = "", **fields: str) -> Document:
    """An article as the search knows it."""
    texts = {"title": title, "body": body, **fields}
    return Document(id, f"hi/{id}/", title, "Section", body[:40], "public", texts)


HINDI = [
    document("refund", "रिफंड कैसे मिलेगा", "ऑर्डर रद्द करने पर पैसे तीन दिन में वापस मिलते हैं।", aliases="धनवापसी"),
    document("password", "पासवर्ड बदलें", "पासवर्ड भूल गए हों तो नया पासवर्ड बनाएँ।"),
    document("delivery", "डिलीवरी का पता बदलें", "पार्सल निकलने से पहले पता बदला जा सकता है।"),
    document("law", "क़ानून और नियम", "ग्राहकों के लिए हमारे नियमों की किताबें।"),
]
ENGLISH = [
    document("refund", "How to get a refund", "Refunds arrive within three days after you cancel."),
    document("password", "Reset your password", "You forgot your password? Choose a new one."),
    document("delivery", "Change the delivery address", "Until the parcel leaves the house."),
]


def written(documents: list[Document], locale: str, folder: Path) -> Index:
    """An index on disk, opened."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in build_index(documents, locale).items():
        (folder / name).write_bytes(data)
    return Index(folder)
