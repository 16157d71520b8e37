"""A small help center that has one of everything, for tests of built trees."""

from __future__ import annotations

from tests.conftest import Kb

BASE = "/support/"
URL = f"https://help.example.com{BASE}"
TODAY = "2026-11-22"
SECRET = "zanzibarsecret"  # noqa: S105 - no password: it stands in every text that customers must never see

SETTINGS = """
locales: {en: English, hi: हिन्दी}
articles: {defaults: {audience: public}}
identity:
  logo: _assets/logo.svg
  favicon: _assets/icon.png
  footer: [{en: Privacy, hi: निजता, href: /privacy}]
contact:
  phone: {number: "+91 1800 000", hours: {en: "9-18", hi: "९-१८"}}
  mail: help@example.com
  answer_within: 4h
"""
SECTIONS = """
refunds:
  title: {en: Refunds, hi: धनवापसी}
  icon: material/cash
  description: {en: Your money back., hi: आपका पैसा।}
account: {title: {en: Account, hi: खाता}}
internal: {title: {en: Internal}, audience: agents}
"""
HOW_LONG = """
---
title: How long a refund takes
topics: [refunds]
tags: [money]
reviewed: 2026-10-01
---
A refund takes up to *seven* days. See [how to log in](../account/login.md#forgotten-password),
[the questions](../account/questions.md), the [form](form.pdf) and [what is gone](gone.md).

![The refund button](button.png) ![A cat](https://pictures.example/cat.png)

## What you can do

!!! note
    Keep your receipt[^1].

[^1]: Or a picture of it.

## कब लौटता है पैसा

``` py title="a.py" linenums="1"

x = "<script>"

```

=== "Card"
    Seven days.

=== "Bank"
    Nine days.

- [x] done

| Way | Days |
|:---:|-----:|
| card | 7 |
"""
HOW_LONG_HI = """
---
title: धनवापसी में कितना समय लगता है
topics: [refunds]
---
धनवापसी में *सात* दिन लगते हैं। [लॉग इन](../account/login.md) देखें।

![बटन](button.png)

## आप क्या कर सकते हैं

!!! note
    रसीद रखें।
"""
LOGIN = """
---
title: Log in
description: How to get into your account.
---
Enter your mail address.

## Forgotten password

Ask for a new one. Then see [refunds](../refunds/how-long.md).

## Write to us

We read every letter.
"""
QUESTIONS = """
---
title: Questions about accounts
type: faq
---
## How do I change my name?

Open your profile.

> ## A quoted heading
> Quoted.

## How do I leave?

Tell [us](login.md).
"""
HOSTILE = """
---
title: <script>alert(1)</script> & "quotes"
description: '"><img src=x onerror=alert(2)>'
tags: ["<b>tag</b>"]
---
<script>alert(3)</script> <img src=x onerror=alert(4)> [x](javascript:alert(5))
<p style="color:red" onclick="x()">styled</p>

## Heading `<b>`
"""
AGENTS_ONLY = f"""
---
title: Refund limits {SECRET}
aliases: [{SECRET}]
tags: [{SECRET}]
redirect_from: [old/{SECRET}]
---
Agents may refund up to 5000 {SECRET}. ![Table {SECRET}](limits-{SECRET}.png) [x](../refunds/how-long.md)

## Heading {SECRET}
"""
AGENTS_BLOCK = f"""

!!! agents "Title {SECRET}"
    Offer a voucher {SECRET}.

    ![x](voucher-{SECRET}.png)

The end.
"""


def fill(kb: Kb, *, secrets: bool = True) -> Kb:
    """Write the sample into a help center; without `secrets` no text for agents is anywhere in it."""
    kb.settings(SETTINGS, top=f"site_url: {URL}\ntheme: {{name: material}}")
    kb.write("articles/sections.yml", SECTIONS if secrets else SECTIONS.partition("internal:")[0])
    kb.write("articles/_assets/logo.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    kb.write("articles/_assets/icon.png", b"icon").write("articles/en/refunds/button.png", b"button")
    kb.write("articles/en/refunds/form.pdf", b"form").write("articles/en/refunds/unused.pdf", b"unused")
    block = AGENTS_BLOCK if secrets else "\n\nThe end.\n"
    kb.write("articles/en/refunds/how-long.md", HOW_LONG + block)
    kb.write("articles/hi/refunds/how-long.md", HOW_LONG_HI)
    kb.write("articles/en/account/login.md", LOGIN).write("articles/en/account/questions.md", QUESTIONS)
    kb.write("articles/en/refunds/index.md", "---\ntitle: All about refunds\n---\nWelcome to refunds.\n")
    kb.write("articles/hi/सिर्फ़-हिन्दी.md", "---\ntitle: सिर्फ़ हिन्दी में\n---\nयह लेख केवल हिन्दी में है।\n")
    kb.write("articles/en/hostile.md", HOSTILE)
    return with_secrets(kb) if secrets else kb


def with_secrets(kb: Kb) -> Kb:
    """Everything that the public may not see: articles for agents, drafts, those out of date, their files."""
    for locale in ("en", "hi"):
        kb.write(f"articles/{locale}/internal/{SECRET}-limits.md", AGENTS_ONLY)
        kb.write(
            f"articles/{locale}/refunds/{SECRET}.md",
            AGENTS_ONLY.replace("---\n", "---\naudience: agents\n", 1),
        )
    kb.write(f"articles/en/internal/limits-{SECRET}.png", b"limits")
    kb.write(f"articles/en/refunds/voucher-{SECRET}.png", b"voucher")
    kb.write(f"articles/_assets/{SECRET}.csv", SECRET)
    for name, line in {
        "draft": "status: draft",
        "archived": "status: archived",
        "future": "publish_at: 2026-11-23",
        "expired": "expires_at: 2026-11-22",
    }.items():
        kb.write(f"articles/en/account/{name}-{SECRET}.md", f"---\ntitle: {SECRET}\n{line}\n---\n{SECRET}\n")
    return kb
