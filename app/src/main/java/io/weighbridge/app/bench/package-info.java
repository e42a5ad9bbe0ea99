/** Measures how fast this machine does what Weighbridge does. */
package io.weighbridge.app.bench;
