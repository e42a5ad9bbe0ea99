/** The safetensors format: a length, a JSON header, the numbers. */
package io.weighbridge.hasher.format.safetensors;
