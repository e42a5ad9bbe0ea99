/** Commands that work alone, with no broker. */
package io.weighbridge.app.cli.local;
