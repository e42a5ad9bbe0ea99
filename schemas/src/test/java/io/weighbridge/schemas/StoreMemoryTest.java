package io.weighbridge.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

class StoreMemoryTest {

    private static final long MIB = 1 << 20;
    private static final int STORES = 6;

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

    /** Bytes in the buffers of stores to each of which 5 MiB were written. */
    private long heldBy(StoreMemory memory, long most) throws RocksDBException {
        var stores = new ArrayList<RocksDB>();
        long held = 0;
        try {
            for (int i = 0; i < STORES; i++) {
                var options = new Options().setCreateIfMissing(true).setWriteBufferSize(16 * MIB);
                options.setTableFormatConfig(new BlockBasedTableConfig());
                if (memory != null) {
                    memory.setConfig("store", options, Map.of(StoreMemory.BYTES, most));
                }
                stores.add(RocksDB.open(options, folder.resolve(most + "-" + i).toString()));
            }
            byte[] value = new byte[1024];
            for (int i = 0; i < 5 * MIB / value.length; i++) {
                for (var store : stores) {
                    store.put(ByteBuffer.allocate(4).putInt(i).array(), value);
                }
            }
            for (var store : stores) {
                held += store.getLongProperty("rocksdb.cur-size-active-mem-table");
            }
            return held;
        } finally {
            stores.forEach(RocksDB::close);
        }
    }
}
