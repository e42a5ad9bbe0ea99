/** TensorFlow Lite models: flat buffers of tables that name operators, tensors and the bytes of constants. */
package io.weighbridge.hasher.format.tflite;
