package io.weighbridge.schemas;

import static io.weighbridge.schemas.LogEvent.event;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.NativeLibraryLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * RocksDB's native library, unpacked where the next start finds and replaces it. Unpacked among the temporary files, as RocksDB does by
 * itself, each process that is killed would leave another 15 MB there.
 */
public final class StoreLibrary {

    private static final Logger LOG = LoggerFactory.getLogger(StoreLibrary.class);

    private StoreLibrary() {}

    /**
     * Loads it, unless this process has loaded it already. Where it cannot be unpacked or executed there, RocksDB loads it from the temporary
     * files after all.
     *
     * @param folder made if missing; used by one process at a time
     */
    public static void loadFrom(Path folder) {
        try {
            Files.createDirectories(folder);
            NativeLibraryLoader.getInstance().loadLibrary(folder.toString());
        } catch (IOException | RuntimeException | UnsatisfiedLinkError e) {
            LOG.info(
                    event("store.library.elsewhere"),
                    "RocksDB's library cannot be loaded from {} ({}); it is loaded from java.io.tmpdir",
                    folder,
                    e.getMessage());
        }
    }
}
