#!/bin/sh
# Builds theme/scripts/search*.js, small and without imports between the sources (needs npm).
# The first line of each names the digest of the sources, by which a test sees whether they are up to date.
set -eu
cd "$(dirname "$0")"
[ -x node_modules/.bin/esbuild ] || npm install --silent --no-audit --no-fund --no-package-lock
digest=$(cat ./*.js package.json | sha256sum | cut -c1-16)
for entry in search search-box search-more search-page; do
  node_modules/.bin/esbuild "$entry.js" --bundle --minify --format=esm --target=es2022 --charset=utf8 \
    --external:./search.js --external:./search-box.js --external:./search-more.js --banner:js="// From theme/source ($digest), by make scripts." \
    --outfile="../scripts/$entry.js" --log-level=warning
done
