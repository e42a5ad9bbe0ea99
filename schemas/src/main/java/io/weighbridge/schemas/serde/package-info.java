/**
 * Avro values in the Confluent wire format, behind Kafka's own serializer interfaces and under Confluent's configuration keys, so that
 * Confluent's classes can take their place.
 *
 * <pre>
 *  byte 0      1..4                         5..
 * +------+---------------------------+---------------------------------+
 * |  0   | schema id, big-endian int | record in Avro's binary form    |
 * +------+---------------------------+---------------------------------+
 * </pre>
 */
package io.weighbridge.schemas.serde;
