#!/bin/sh
# The tests drive the system's Chromium. Install it where it is missing and we may; else say how.
set -eu
if [ -n "${KBTOOL_CHROMIUM:-}" ] || command -v chromium >/dev/null || command -v chromium-browser >/dev/null; then
  exit 0
fi
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  echo "Installing Chromium and fonts (apt-get) ..."
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-core >/dev/null
  exit 0
fi
echo "The tests need Chromium. On Debian: sudo apt-get install chromium fonts-noto-core" >&2
echo "Elsewhere: install it and set KBTOOL_CHROMIUM to its path." >&2
exit 1
