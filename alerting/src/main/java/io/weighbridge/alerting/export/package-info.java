/** Alerts and cases in the forms that other tools read: OCSF, SARIF, CSV. */
package io.weighbridge.alerting.export;
