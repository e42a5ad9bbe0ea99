package io.weighbridge.hasher.format.keras;

import io.jhdf.HdfFile;
import io.jhdf.Superblock;
import io.jhdf.storage.HdfBackingStorage;
import io.jhdf.storage.HdfFileChannel;
import io.weighbridge.hasher.format.ModelFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;

/**
 * Where the HDF5 library takes every structure behind the superblock from. The library makes room for as much as a file says it has, then
 * reads; here no more is asked for than the file has, and counts that have room made before anything is read are held to the file's size
 * ({@link Hdf5Counts}).
 */
final class BoundedStorage extends HdfFileChannel {

    /** The library's constructor for any storage. It has no public one that takes a storage, and all others read without these bounds. */
    private static final Constructor<HdfFile> OPEN = constructor();

    private static final long FIRST_USER_BLOCK_BYTES = 512;

    private final long sizeBytes;
    private final Hdf5Counts counts;

    private BoundedStorage(BoundedChannel channel, Superblock superblock) {
        super(channel, superblock);
        this.sizeBytes = channel.size();
        this.counts = new Hdf5Counts(superblock, sizeBytes);
    }

    /**
     * Opens the file of a channel. Never to be closed: it holds nothing but the channel, whose file is its owner's, and closing fails without
     * a path.
     */
    static HdfFile open(BoundedChannel channel) throws IOException {
        return Hdf5.call("superblock", () -> {
            long at = signature(channel);
            var superblock = Superblock.readSuperblock(channel, at);
            if (superblock.getBaseAddressByte() != at) {
                throw ModelFormatException.malformed("HDF5, superblock: expected the base address " + at + ", got "
                        + superblock.getBaseAddressByte());
            }
            return open(new BoundedStorage(channel, superblock));
        });
    }

    /** Places from {@code at} on where a signature may be: 0, 512, 1024, and so on doubled. */
    static long nextSignature(long at) {
        return at == 0 ? FIRST_USER_BLOCK_BYTES : at * 2;
    }

    @Override
    public ByteBuffer readBufferFromAddress(long address, int length) {
        requireInside(address + getUserBlockSize(), length);
        var bytes = super.readBufferFromAddress(address, length);
        check(() -> counts.check(bytes, address));
        return bytes;
    }

    @Override
    public ByteBuffer mapNoOffset(long address, long length) {
        requireInside(address, length);
        var bytes = super.mapNoOffset(address, length);
        check(() -> counts.checkNames(bytes, address - getUserBlockSize()));
        return bytes;
    }

    private void requireInside(long offset, long length) {
        if (offset < 0 || length < 0 || length > sizeBytes - offset) {
            throw new UncheckedIOException(ModelFormatException.malformed(
                    "HDF5 at byte " + offset + ": expected " + length + " bytes, the file ends at byte " + sizeBytes));
        }
    }

    private static void check(Check check) {
        try {
            check.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** May find that the file lies. */
    @FunctionalInterface
    private interface Check {
        void run() throws IOException;
    }

    private static long signature(BoundedChannel channel) throws IOException {
        for (long at = 0; at < channel.size(); at = nextSignature(at)) {
            if (KerasFormat.isSignature(channel.file(), at)) {
                return at;
            }
        }
        throw ModelFormatException.malformed("HDF5, superblock: no signature in the file");
    }

    private static HdfFile open(HdfBackingStorage storage) {
        try {
            return OPEN.newInstance(storage);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Constructor<HdfFile> constructor() {
        try {
            var constructor = HdfFile.class.getDeclaredConstructor(HdfBackingStorage.class);
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("this version of jhdf is not the one that this was written for", e);
        }
    }
}
