"""Rules for articles: one rule per file, named as the rule; `registry` finds them by listing this folder."""
