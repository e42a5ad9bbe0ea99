/**
 * Kafka and a schema registry inside this process, for one machine and for tests: a real single-node KRaft broker, and the part of
 * Confluent's registry REST API that Avro serdes use. A cluster brings its own; nothing else in Weighbridge can tell the difference.
 */
package io.weighbridge.app.embedded;
