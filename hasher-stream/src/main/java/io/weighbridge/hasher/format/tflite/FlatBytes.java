package io.weighbridge.hasher.format.tflite;

import io.weighbridge.hasher.format.ModelBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Short reads of a flat buffer. Tables lie all over it and are read a few bytes at a time, so that the pages read last are kept: a file may be far away.
 */
final class FlatBytes {

    private static final int PAGE_BYTES = 1 << 14;
    private static final int PAGES = 16;

    private final ModelBytes file;
    private final Map<Long, ByteBuffer> pages = new LinkedHashMap<>(PAGES, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, ByteBuffer> eldest) {
            return size() > PAGES;
        }
    };

    FlatBytes(ModelBytes file) {
        this.file = file;
    }

    ModelBytes file() {
        return file;
    }

    long sizeBytes() {
        return file.sizeBytes();
    }

    /** As {@link ModelBytes#read}: what lies in one page is read with it. */
    ByteBuffer read(long offset, int length, String what) throws IOException {
        long page = offset / PAGE_BYTES;
        int from = (int) (offset % PAGE_BYTES);
        if (offset < 0 || from + (long) length > PAGE_BYTES || length > sizeBytes() - offset) {
            return file.read(offset, length, what);
        }
        file.checkTime();
        var bytes = pages.get(page);
        if (bytes == null) {
            bytes = file.peek(page * PAGE_BYTES, PAGE_BYTES);
            pages.put(page, bytes);
        }
        return bytes.slice(from, length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
