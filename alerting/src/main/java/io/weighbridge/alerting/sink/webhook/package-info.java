/** Alerts as signed JSON to any HTTP receiver. */
package io.weighbridge.alerting.sink.webhook;
