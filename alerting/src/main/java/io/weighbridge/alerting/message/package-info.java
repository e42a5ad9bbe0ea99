/** An alert in words for people, whatever carries them. */
package io.weighbridge.alerting.message;
