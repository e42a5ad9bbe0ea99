package io.weighbridge.hasher;

import io.weighbridge.hasher.format.ByteRange;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The files that one file was read with, and how much of each was read. Used by one thread. */
final class OpenedFiles {

    private final String reader;
    private final Map<String, NotedRange> opened = new LinkedHashMap<>();

    /** @param reader the path of the file that opens others */
    OpenedFiles(String reader) {
        this.reader = reader;
    }

    /** The bytes of a file, which note what is read of them. */
    ByteRange noted(String path, ByteRange bytes) {
        var before = opened.get(path);
        var noted = before == null
                ? new NotedRange(bytes, new BitSet(), new Claims())
                : new NotedRange(bytes, before.pages(), before.claims());
        opened.put(path, noted);
        return noted;
    }

    /** In the order in which they were opened first. */
    Set<String> paths() {
        return opened.keySet();
    }

    /**
     * Whether a file needs no scan of its own: an index names tensors of its shards by their own names and shapes. A graph may cut its data as it
     * likes, and the data be a model too.
     */
    boolean isWhole(String path) {
        var bytes = opened.get(path);
        return ReadingOrder.isIndexOfShards(reader)
                && !ReadingOrder.isFirst(path)
                && NotedRange.isWhole(bytes.pages(), bytes.sizeBytes());
    }

    /** Whether all of a file is known to belong to the reader's model, so that there is no room in it for another. */
    boolean isCovered(String path) {
        var bytes = opened.get(path);
        return bytes.claims().cover(bytes.sizeBytes());
    }
}
