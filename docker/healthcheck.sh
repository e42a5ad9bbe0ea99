#!/usr/bin/env bash
# Succeeds if /livez of a local process answers 200. Needs no curl.
#   healthcheck.sh [PORT]    the management port, 8473 if not given
set -euo pipefail

port=${1:-8473}
exec 3<>"/dev/tcp/127.0.0.1/$port"
printf 'GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r -t 4 version status _ <&3
[ "${status%$'\r'}" = 200 ] || { echo "/livez on port $port: expected status 200, got $version $status" >&2; exit 1; }
