package io.weighbridge.hasher.format;

import java.io.IOException;

/** Reads the numbers of one tensor, row-major in the shape its reader gave for it. Each call reads the file. */
@FunctionalInterface
public interface TensorData {

    float[] read() throws IOException;
}
