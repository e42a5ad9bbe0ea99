/** Which format a file is of, by its content alone. */
package io.weighbridge.hasher.format.detect;
