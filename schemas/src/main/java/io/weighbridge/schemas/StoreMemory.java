package io.weighbridge.schemas;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds the memory that the state stores of a process take outside the heap. By default RocksDB gives each partition of each store
 * a cache of its own and three buffers of 16 MiB for what is not in a file yet, which fill in the course of days; here all
 * stores share one cache, and half of it holds buffers.
 */
public final class StoreMemory implements RocksDBConfigSetter {

    /** Setting: how much; default {@value #DEFAULT_BYTES}. RocksDB exceeds it for a moment rather than fail. */
    public static final String BYTES = "weighbridge.stores.memory.bytes";

    static final long DEFAULT_BYTES = 128L << 20;

    /** Indexes and filters of files, which would be outside the cache otherwise, are the last that leave it. */
    private static final double SHARE_OF_INDEXES = 0.1;

    /**
     * A buffer grows by this much. RocksDB's default of a MiB would fill the share of the buffers by the first record of each store, where
     * a process has many partitions, and every further record would write a file.
     */
    private static final long BUFFER_STEP_BYTES = 64L << 10;

    private static final boolean IS_STRICT = false;
    private static final int SHARDS_BY_SIZE = -1;

    /** By size; never closed, since stores come and go. */
    private static final Map<Long, Shared> SHARED = new ConcurrentHashMap<>();

    private record Shared(Cache cache, WriteBufferManager buffers) {

        static Shared of(long bytes) {
            RocksDB.loadLibrary();
            var cache = new LRUCache(bytes, SHARDS_BY_SIZE, IS_STRICT, SHARE_OF_INDEXES);
            return new Shared(cache, new WriteBufferManager(bytes / 2, cache));
        }
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        long bytes = Long.parseLong(String.valueOf(configs.get(BYTES)));
        var shared = SHARED.computeIfAbsent(bytes, Shared::of);
        var table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(shared.cache());
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(shared.buffers());
        options.setArenaBlockSize(BUFFER_STEP_BYTES);
    }

    @Override
    public void close(String storeName, Options options) {
        // What is shared stays.
    }
}
