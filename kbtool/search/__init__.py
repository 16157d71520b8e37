"""From articles to a search index, and from a query to hits."""
