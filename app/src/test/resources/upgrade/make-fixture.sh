#!/usr/bin/env bash
# Makes a fixture of the upgrade tests: the data folder of `up` of some version of Weighbridge, after it has protected two models, raised
# alerts, and was ended with a download under way.
#   make-fixture.sh CHECKOUT FILE.tar.gz     CHECKOUT is a built checkout of that version
# Needs Python 3, for the host that never answers. Retention is as good as endless, so that the fixture does not age.
set -euo pipefail

checkout=$(readlink -f "$1")
fixture=$(readlink -m "$2")
port=19470
work=/tmp/weighbridge-fixture
rm -rf "$work"
mkdir -p "$work"
cp -r "$checkout/app/src/main/resources/demo" "$work/models"
cd "$work"

cat >settings.properties <<'END'
weighbridge.topics.retention=P36500D
weighbridge.matcher.retention=P36500D
weighbridge.fetch.allow.private.addresses=true
END

weighbridge() {
  java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$checkout/app/target/weighbridge.jar:$checkout/app/target/lib/*" \
    io.weighbridge.app.Main "$@" --config settings.properties --port "$port"
}

python3 -c 'import socket, time
host = socket.create_server(("127.0.0.1", 19499))
time.sleep(600)' &
host=$!
weighbridge up --data "$work/data" >up.log 2>&1 &
trap 'kill "$host" 2>/dev/null; pkill -KILL -f "io.weighbridge.app.Main up --data $work/data" || true' EXIT
for _ in $(seq 100); do
  curl -fs "localhost:$((port + 3))/readyz" >/dev/null && break
  sleep 1
done

weighbridge protect models/lenet-original.zip --id lenet --owner acme
weighbridge protect models/vgg-original.zip --id vgg --owner acme
for model in lenet-pruned-70-retrained.zip vgg-finetuned.zip lenet-stranger.zip broken-truncated.zip mobile-original.zip; do
  weighbridge upload "models/$model" --repo "mallory/${model%.*}" --wait || true
done
if [ -f .weighbridge/admin.token ] || [ -f data/admin.token ]; then
  export WEIGHBRIDGE_API_TOKEN_FILE="$work/data/admin.token"
fi
if [ -d "$checkout/app/src/main/java/io/weighbridge/app/cli/triage" ]; then
  alert=$(weighbridge alerts ls --format json | python3 -c 'import json, sys
for line in sys.stdin:
    case = json.loads(line)
    if "vgg" in json.dumps(case):
        print(case["alertId"])' | head -n 1)
  weighbridge alerts decide "$alert" --state IN_REVIEW --actor fixture --reason "looking at it"
fi
weighbridge upload http://127.0.0.1:19499/never.safetensors --repo mallory/never
sleep 5

# The JVM is a child of the function's subshell.
pkill -TERM -f "io.weighbridge.app.Main up --data $work/data"
while pgrep -f "io.weighbridge.app.Main up --data $work/data" >/dev/null; do sleep 0.5; done
rm -f data/admin.token data/tokens.json
rm -rf data/spool
find data -name LOG -delete # RocksDB's own log
tar --sort=name --owner=0 --group=0 --numeric-owner -C "$work/data" -cf - . | gzip -9n >"$fixture"
ls -l "$fixture"
