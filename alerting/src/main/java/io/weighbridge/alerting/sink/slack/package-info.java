/** Alerts to chat: Slack's incoming webhooks, and what is compatible with them. */
package io.weighbridge.alerting.sink.slack;
