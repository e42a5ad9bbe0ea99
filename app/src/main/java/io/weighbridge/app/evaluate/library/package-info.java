/** Builds a model library: trains the originals, then makes the copies of each, and lists all in a manifest. */
package io.weighbridge.app.evaluate.library;
