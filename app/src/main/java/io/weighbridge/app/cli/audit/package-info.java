/** Commands of auditors: what was alerted, found again. */
package io.weighbridge.app.cli.audit;
