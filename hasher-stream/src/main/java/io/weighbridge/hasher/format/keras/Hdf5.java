package io.weighbridge.hasher.format.keras;

import io.jhdf.api.Attribute;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.exceptions.UnsupportedHdfException;
import io.jhdf.object.datatype.OpaqueDataType;
import io.jhdf.object.datatype.VariableLength;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Calls to the HDF5 library whose failures are those of the file, and whose answers are bounded. */
final class Hdf5 {

    /** Something the library does. */
    @FunctionalInterface
    interface Call<T> {
        T get() throws IOException;
    }

    private static final int MAX_NAME_PARTS = 100_000;

    private Hdf5() {}

    /** The result, or what is wrong with the file: the library throws all kinds of unchecked exceptions on bad content. */
    static <T> T call(String what, Call<T> call) throws IOException {
        try {
            return call.get();
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof IOException io && !(io.getClass() == IOException.class)) {
                    throw io;
                }
                if (isOpaqueType(cause)) {
                    throw ModelFormatException.unsupported(
                            "HDF5, " + what + ": an opaque type without a tag is not read");
                }
                if (cause instanceof UnsupportedHdfException) {
                    throw ModelFormatException.unsupported("HDF5, " + what + ": " + cause.getMessage());
                }
            }
            throw ModelFormatException.malformed("HDF5, " + what + ": " + message(e));
        }
    }

    /** The library fails on opaque types without a tag, though these are right. */
    private static boolean isOpaqueType(Throwable cause) {
        return Arrays.stream(cause.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(OpaqueDataType.class.getName()));
    }

    /** The child of a group, or null; links to other places are never followed. */
    static Node child(Group group, String name) throws IOException {
        return call(path(group) + name, () -> {
            var node = group.getChildren().get(name);
            if (node != null && node.isLink()) {
                throw ModelFormatException.unsupported("HDF5, " + path(group) + name + ": links are not followed");
            }
            return node;
        });
    }

    /** The names in a group, links included. */
    static Set<String> names(Group group) throws IOException {
        return call(path(group), () -> group.getChildren().keySet());
    }

    /** The strings of an attribute, or null. A list too long for one attribute goes on as NAME0, NAME1 ... */
    static List<String> strings(Node node, String name, ReadLimits limits) throws IOException {
        return call("attribute " + name, () -> {
            var attributes = node.getAttributes();
            if (attributes.containsKey(name)) {
                return strings(attributes.get(name), limits);
            }
            if (!attributes.containsKey(name + "0")) {
                return null;
            }
            var all = new ArrayList<String>();
            for (int i = 0; attributes.containsKey(name + i); i++) {
                all.addAll(strings(attributes.get(name + i), limits));
            }
            return all;
        });
    }

    private static List<String> strings(Attribute attribute, ReadLimits limits) throws ModelFormatException {
        if (attribute.isEmpty()) {
            return List.of();
        }
        if (attribute.getSizeInBytes() > limits.maxHeaderBytes()) {
            throw ModelFormatException.tooLarge("HDF5, attribute " + attribute.getName() + ": "
                    + attribute.getSizeInBytes() + " bytes, more than maxHeaderBytes = " + limits.maxHeaderBytes());
        }
        if (attribute.getDimensionsAsLong().length > 1 || attribute.getSize() > MAX_NAME_PARTS) {
            throw ModelFormatException.malformed("HDF5, attribute " + attribute.getName()
                    + ": expected one list of at most " + MAX_NAME_PARTS + " strings");
        }
        if (attribute.getDataType() instanceof VariableLength type && type.isVariableLengthString()) {
            var storage = attribute.getNode().getHdfFile().getHdfBackingStorage();
            return new VariableStrings(storage, limits).of(attribute, type);
        }
        var data = attribute.getData();
        if (data instanceof String text) {
            return List.of(text);
        }
        if (data instanceof String[] texts) {
            return List.of(texts);
        }
        if (data instanceof double[] || data instanceof float[]) {
            // h5py writes an empty list of names as an empty list of numbers.
            return List.of();
        }
        throw ModelFormatException.malformed("HDF5, attribute " + attribute.getName() + ": expected strings");
    }

    private static String path(Group group) {
        var path = group.getPath();
        return path.endsWith("/") ? path : path + "/";
    }

    private static String message(RuntimeException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
