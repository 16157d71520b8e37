"""From an article's Markdown to HTML, behind one seam."""
