/** Alerts to Prometheus Alertmanager. */
package io.weighbridge.alerting.sink.alertmanager;
