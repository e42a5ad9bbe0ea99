package io.weighbridge.app.zoo.fast;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

/** Copies arrays of Deeplearning4j out and in, as blocks of memory. */
final class Floats {

    private Floats() {}

    /** The numbers in row-major order. */
    static float[] read(INDArray array) {
        var rowMajor = isRowMajor(array) ? array : array.dup('c');
        var values = new float[Math.toIntExact(array.length())];
        pointer(rowMajor).get(values);
        return values;
    }

    /** Overwrites an array with numbers in row-major order. */
    static void write(float[] values, INDArray array) {
        if (isRowMajor(array)) pointer(array).put(values);
        else array.assign(Nd4j.create(values, array.shape(), 'c'));
    }

    private static boolean isRowMajor(INDArray array) {
        return array.ordering() == 'c' && Shape.hasDefaultStridesForShape(array);
    }

    private static FloatPointer pointer(INDArray array) {
        return new FloatPointer(array.data().addressPointer());
    }
}
