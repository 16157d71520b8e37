"""From files on disk to a Library."""
