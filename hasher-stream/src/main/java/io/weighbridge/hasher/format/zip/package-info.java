/** Zip archives as containers of models: read in place, bounded, and only if local headers, directory and checksums agree. */
package io.weighbridge.hasher.format.zip;
