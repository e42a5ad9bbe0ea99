package io.weighbridge.matcher;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.schemas.TestTopics;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateStoreIndexTest {

    @TempDir
    private Path folder;

    private KeyValueStore<Bytes, byte[]> entries;

    @BeforeEach
    void open() {
        var context = new MockProcessorContext<Void, Void>(new Properties(), new TaskId(0, 0), folder.toFile());
        entries = Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore("entries"), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        entries.init(context.getStateStoreContext(), entries);
    }

    @AfterEach
    void close() {
        entries.close();
    }

    /** Otherwise the entries of before would lie where nobody looks, and their matches be lost in silence. */
    @Test
    void shouldRefuseEntriesLaidOutByOtherPlans() {
        assertThatCode(() -> index().requireLayout("plan 1")).doesNotThrowAnyException();
        index().noteLayout("plan 1");
        assertThatCode(() -> index().requireLayout("plan 1")).doesNotThrowAnyException();
        assertThatThrownBy(() -> index().requireLayout("plan 2"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(
                        "settings of the matcher: expected those its index was made with, plan 1, got plan 2; go back");
    }

    private StateStoreIndex index() {
        return new StateStoreIndex(entries, entries, TestTopics.mockTopics().avroSerde(), "changelog");
    }
}
