/** Alerts at a rate into cases and sinks: whether any is lost or doubled, and how long each takes. */
package io.weighbridge.app.bench.alerts;
