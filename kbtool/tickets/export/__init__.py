"""Single tickets, as a help desk exports them -> counts; nothing else of them is kept."""
