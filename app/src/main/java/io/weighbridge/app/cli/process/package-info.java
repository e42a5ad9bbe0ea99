/** Commands that run until they are told to stop. */
package io.weighbridge.app.cli.process;
