/** Commands that talk to a running cluster. */
package io.weighbridge.app.cli.client;
