/**
 * TensorFlow: checkpoints, the variables of a SavedModel among them, with a sorted table that says where in which shard each tensor lies; and graphs
 * whose weights are constants.
 */
package io.weighbridge.hasher.format.tensorflow;
