#!/bin/sh
# The gates need strace, and the rights to mount a file system in memory: install the one, say the other.
set -eu
if ! command -v strace >/dev/null; then
  if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    apt-get update -qq && apt-get install -y -qq strace >/dev/null
  else
    echo "strace is missing. On Debian and Ubuntu: apt-get install strace" >&2
    exit 1
  fi
fi
[ "$(id -u)" = 0 ] || { echo "the gate full_disk mounts file systems: run make gates as root" >&2; exit 1; }
