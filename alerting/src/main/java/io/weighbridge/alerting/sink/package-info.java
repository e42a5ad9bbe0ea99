/**
 * Where alerts leave for people and systems: each {@link io.weighbridge.alerting.sink.AlertSink} is fed by a {@link
 * io.weighbridge.alerting.sink.SinkRunner} of its own, so that a slow or failing one delays no other.
 */
package io.weighbridge.alerting.sink;
