/** What sinks have in common: their settings, attempts that are repeated with pauses, and posting over HTTP. */
package io.weighbridge.alerting.sink.attempt;
