/** Alerts as OCSF findings in a file that log shippers read. */
package io.weighbridge.alerting.sink.ocsf;
