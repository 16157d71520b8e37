"""The writer's preview: builds in memory, serves on loopback, watches the files, reloads open pages."""
