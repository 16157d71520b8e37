"""sitemap.xml: the pages that search engines should know, each with its translations."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from kbtool.model import SitePlan
from kbtool.site.urls import absolute, encoded

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)


def sitemap(plan: SitePlan) -> str:
    """The sitemap of a plan; '' without a `site_url`, since it needs absolute addresses.

    `lastmod` is the day of the article's last review, never the day of the build.
    """
    if not plan.base:
        return ""
    rows = []
    for page in plan.pages:
        if not page.indexed or page.kind == "not-found":
            continue
        row = f"<url><loc>{escape(encoded(absolute(plan.base, page.url)))}</loc>"
        if page.article and page.article.reviewed:
            row += f"<lastmod>{page.article.reviewed.isoformat()}</lastmod>"
        for alternate in page.alternates:
            href = quoteattr(encoded(alternate.href))
            row += f'<xhtml:link rel="alternate" hreflang="{alternate.hreflang}" href={href}/>'
        rows.append(row + "</url>\n")
    return HEAD + "".join(rows) + "</urlset>\n"
