/** Alerts to cases, and out to people and systems. */
package io.weighbridge.alerting;
