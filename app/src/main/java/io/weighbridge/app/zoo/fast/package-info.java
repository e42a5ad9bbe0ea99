/**
 * Convolutions that train small networks several times faster than Deeplearning4j's own, whose im2col takes most of the time; they plug into
 * its layers and compute the same. Only for kernels of odd size, stride 1 and padding to the same size.
 */
package io.weighbridge.app.zoo.fast;
