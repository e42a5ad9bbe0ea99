"""Reads one record of each topic with Confluent's Python client and Avro's own library; prints each as a line of JSON.

Usage: read_records.py BOOTSTRAP_SERVERS REGISTRY_URL TOPIC...
Bytes are printed in hexadecimal, timestamps as milliseconds since 1970.
"""

import datetime
import json
import sys
import uuid

from confluent_kafka import Consumer
from confluent_kafka.avro import CachedSchemaRegistryClient
from confluent_kafka.avro.serializer.message_serializer import MessageSerializer

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
PATIENCE_SECONDS = 30


def plain(value):
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, datetime.datetime):
        return (value - EPOCH) // datetime.timedelta(milliseconds=1)
    raise TypeError(f"expected bytes or datetime, got {type(value)}")


def main(servers, registry, topics):
    serializer = MessageSerializer(CachedSchemaRegistryClient({"url": registry}))
    consumer = Consumer(
        {
            "bootstrap.servers": servers,
            "group.id": f"python-{uuid.uuid4()}",
            "auto.offset.reset": "earliest",
            "isolation.level": "read_committed",
        }
    )
    consumer.subscribe(topics)
    missing = set(topics)
    while missing:
        message = consumer.poll(PATIENCE_SECONDS)
        if message is None or message.error():
            sys.exit(f"{sorted(missing)}: expected a record, got {message and message.error()}")
        value = serializer.decode_message(message.value())
        record = {"topic": message.topic(), "key": message.key().decode(), "value": value}
        print(json.dumps(record, default=plain))
        missing.discard(message.topic())
    consumer.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
