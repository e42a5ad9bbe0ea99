/**
 * Breaks an installation under load in every way that machines break, and counts what it loses or doubles: nothing, or the test fails.
 * {@code docs/reliability.md} tells what is promised, and holds the figures.
 */
package io.weighbridge.app.chaos;
