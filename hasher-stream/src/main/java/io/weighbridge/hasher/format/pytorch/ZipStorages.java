package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.zip.ZipArchive;
import java.nio.ByteOrder;

/** Storages that are entries of a zip archive: folder, key, suffix. */
record ZipStorages(ZipArchive archive, String folder, String suffix, ByteOrder order) implements Storages {

    @Override
    public ByteRange storage(String key) throws ModelFormatException {
        return archive.entry(folder + key + suffix);
    }
}
