"""Takes what is personal out of a text before it is shown: addresses, and numbers that name somebody."""

from __future__ import annotations

import re

from kbtool.tickets.fields import digits

MAIL = re.compile(r"[^\s@<>()\[\],;:]+@[^\s@<>()\[\],;:]+\.[^\s@<>()\[\],;:]{2,}")
LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
HANDLE = re.compile(r"(?<!\w)@[\w.]{2,}")
UPI = re.compile(r"\b[\w.-]{2,}@[a-z]{2,}\b", re.IGNORECASE)
PAN = re.compile(r"\b[A-Z]{5}\s?\d{4}\s?[A-Z]\b", re.IGNORECASE)  # of Indian tax payers
# Cards, phones, Aadhaar, accounts, orders: six digits and more, however they are grouped.
NUMBER = re.compile(r"(?<![\w])[+(]?\d(?:[\s().\u00a0/-]?\d){5,}(?!\w)")
CODE = re.compile(r"\b(?=\w*\d\w*\d\w*\d)(?=\w*[A-Za-z])\w{6,}\b")  # order and tracking codes

RULES = (
    (LINK, "[link]"),
    (MAIL, "[mail]"),
    (UPI, "[upi]"),
    (HANDLE, "[name]"),
    (PAN, "[pan]"),
    (NUMBER, "[number]"),
    (CODE, "[code]"),
)
SHOWN = 120


def scrubbed(text: str) -> str:
    """The text on one line, at most SHOWN characters, with marks such as `[mail]` for what is personal."""
    found = digits(" ".join(text.split()))
    for pattern, mark in RULES:
        found = pattern.sub(mark, found)
    return found if len(found) <= SHOWN else found[: SHOWN - 1].rstrip() + "…"
