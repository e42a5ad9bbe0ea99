package io.weighbridge.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

class StoreMemoryTest {

    private static final long MIB = 1L << 20;

    @TempDir
    private Path folder;

    @Test
    void shouldBoundWhatAllStoresHoldThatIsNotInAFileYet() throws Exception {
        assertThat(heldBy(new StoreMemory(), 8 * MIB)).isLessThan(8 * MIB);
        assertThat(heldBy(null, 0)).as("as Kafka Streams has it").isGreaterThan(24 * MIB);
    }

    @Test
    void shouldBeWhatRolesHave() {
        var config = RoleConfig.of(new Settings(Map.of(StoreMemory.BYTES, "1000000")), "matcher");
        assertThat(config)
                .containsEntry(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StoreMemory.class)
                .containsEntry(StoreMemory.BYTES, "1000000");
    }

    @Test
    void shouldRefuseWhatIsNoNumber() {
        var settings = new Settings(Map.of(StoreMemory.BYTES, "much"));
        RoleConfig.of(settings, "matcher");
        assertThatThrownBy(settings::check)
                .hasMessageContaining(StoreMemory.BYTES + ": expected a number of bytes, 0 or more, got much");
    }

    @Test
    void shouldNotWriteAFileForEachRecordWhereManyStoresHoldLittle() throws Exception {
        int stores = 40;
        int records = 100;
        var written = write(new StoreMemory(), 16 * MIB, stores, records);
        try {
            for (var store : written) {
                assertThat(store.getLongProperty("rocksdb.num-entries-active-mem-table"))
                        .isEqualTo(records);
            }
        } finally {
            written.forEach(RocksDB::close);
        }
    }

    /** Bytes in the buffers of stores to each of which 5 MiB were written. */
    private long heldBy(StoreMemory memory, long most) throws RocksDBException {
        var stores = write(memory, most, 6, 5 * 1024);
        try {
            long held = 0;
            for (var store : stores) {
                held += store.getLongProperty("rocksdb.cur-size-active-mem-table");
            }
            return held;
        } finally {
            stores.forEach(RocksDB::close);
        }
    }

    /** Writes as many records of a KiB to each of as many stores, a record at a time. */
    private List<RocksDB> write(StoreMemory memory, long most, int count, int records) throws RocksDBException {
        var stores = new ArrayList<RocksDB>();
        for (int i = 0; i < count; i++) {
            var options = new Options().setCreateIfMissing(true).setWriteBufferSize(16 * MIB);
            options.setTableFormatConfig(new BlockBasedTableConfig());
            if (memory != null) {
                memory.setConfig("store", options, Map.of(StoreMemory.BYTES, most));
            }
            stores.add(RocksDB.open(options, folder.resolve(most + "-" + i).toString()));
        }
        byte[] value = new byte[1024];
        for (int i = 0; i < records; i++) {
            for (var store : stores) {
                store.put(ByteBuffer.allocate(Integer.BYTES).putInt(i).array(), value);
            }
        }
        return stores;
    }
}
