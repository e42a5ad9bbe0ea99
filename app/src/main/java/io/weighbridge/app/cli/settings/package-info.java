/** Which settings there are, where their values come from, and what is none of them. */
package io.weighbridge.app.cli.settings;
