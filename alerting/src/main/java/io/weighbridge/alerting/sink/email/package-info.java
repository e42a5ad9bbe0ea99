/** Alerts by e-mail. */
package io.weighbridge.alerting.sink.email;
