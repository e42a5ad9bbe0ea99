/** Checkpoints of TensorFlow, the variables of a SavedModel among them: a sorted table that says where in which shard each tensor lies. */
package io.weighbridge.hasher.format.tensorflow;
