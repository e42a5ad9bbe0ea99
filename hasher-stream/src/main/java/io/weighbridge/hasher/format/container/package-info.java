/** Archives and compressed streams around models: zip, tar and gzip, in one another to a bounded depth. Nothing in them is passed over silently. */
package io.weighbridge.hasher.format.container;
