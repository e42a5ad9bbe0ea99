/** Models cut into several files: an index that says which tensor lies in which, each read by its own format. */
package io.weighbridge.hasher.format.sharded;
