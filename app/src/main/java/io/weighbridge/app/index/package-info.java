/**
 * The matcher's index, asked from outside: {@link io.weighbridge.app.index.InstanceIndex} answers for the partitions of one instance,
 * {@link io.weighbridge.app.index.IndexGateway} asks all instances and never passes a part for the whole.
 */
package io.weighbridge.app.index;
