/** Commands on who may use the HTTP API, and on what was done by it. */
package io.weighbridge.app.cli.access;
