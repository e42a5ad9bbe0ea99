/** Commands that measure. */
package io.weighbridge.app.cli.bench;
