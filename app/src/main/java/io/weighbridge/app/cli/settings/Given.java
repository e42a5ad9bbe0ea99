package io.weighbridge.app.cli.settings;

/**
 * The value of a setting as somebody gave it.
 *
 * @param origin a line of a file, a variable, an option, or what it follows from
 */
record Given(String value, String origin) {}
