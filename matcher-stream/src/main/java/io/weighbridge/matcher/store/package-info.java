/**
 * The matcher's state store: codes by place, durable in a key-value store and its changelog, and in memory in the layouts of
 * {@link io.weighbridge.hash.search} that look-ups and scans read.
 */
package io.weighbridge.matcher.store;
