/**
 * The command line: {@link io.weighbridge.app.cli.Weighbridge} and what its commands share. Commands that need no broker are in {@code
 * local}, those that talk to one in {@code client}, those that are one in {@code process}; each has its own file.
 */
package io.weighbridge.app.cli;
