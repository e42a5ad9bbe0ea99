/** Protocol buffers, walked in place: long values are passed over and read when they are wanted. */
package io.weighbridge.hasher.format.protobuf;
