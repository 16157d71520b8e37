"""kbtool: a help center from Markdown, with search in every script and stale articles found."""

__version__ = "0.1.0"
