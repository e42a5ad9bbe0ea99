package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.ModelFormatException;
import java.nio.ByteOrder;

/** Where the numbers of tensors lie, each storage under its key. */
interface Storages {

    ByteRange storage(String key) throws ModelFormatException;

    ByteOrder order() throws ModelFormatException;
}
