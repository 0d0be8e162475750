#!/bin/sh
# Starts a Shopify Storefront API on 127.0.0.1:$PORT (default 3330) with our catalogue, prints its settings as
# one line of JSON and stays until SIGTERM. What is missing is installed first; nothing else is kept on disk.
set -eu
cd "$(dirname "$0")"
stamp=node_modules/.installed
if ! cmp -s package-lock.json "$stamp"; then
  npm ci --no-audit --no-fund >&2
  cp package-lock.json "$stamp"
fi
exec node server.mjs
