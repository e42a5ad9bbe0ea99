/** ONNX: one protocol buffer, walked in place so that only one tensor's numbers are ever in memory. */
package io.weighbridge.hasher.format.onnx;
