/** Setting a role back to where it began: its place in its topics, its internal topics, its state on this machine. */
package io.weighbridge.app.operate.reset;
