/** Commands of those who decide: cases, suppressions, and policies of protected models. */
package io.weighbridge.app.cli.triage;
