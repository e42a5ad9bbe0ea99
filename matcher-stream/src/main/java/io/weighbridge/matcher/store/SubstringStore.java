package io.weighbridge.matcher.store;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.search.SearchMode;
import io.weighbridge.hash.search.SubstringPlan;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The substring index of one task: which codes are kept at which place, for look-ups and scans.
 *
 * <p>Durable in a key-value store of its own (RocksDB with a changelog, by {@link StoreKeys}); in memory in {@link Region}s, which are built from
 * it when the task starts to run, and dropped when it stops. A standby keeps the durable part only. Slots are part of what is durable, so a search
 * that stopped half-way goes on where it was.
 *
 * <p>One thread changes it, the task's. Others may read while they hold {@link #read}.
 */
public final class SubstringStore implements StateStore {

    private static final byte[] NOTHING = {};

    private final KeyValueStore<Bytes, byte[]> durable;
    private final SearchNotes notes;
    private final Map<String, SubstringPlan> plans;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private Map<RegionKey, Region> regions;
    private long newestAppliedMillis;

    /** @param plans by the id of the algorithm */
    SubstringStore(KeyValueStore<Bytes, byte[]> durable, Map<String, SubstringPlan> plans) {
        this.durable = durable;
        notes = new SearchNotes(durable);
        this.plans = Map.copyOf(plans);
    }

    /**
     * Builds the regions from the durable part.
     *
     * @param layout the plans by which codes are laid out, in words
     * @throws IllegalStateException if the entries were laid out by others: they would not be found, and nobody would notice
     */
    public void load(String layout) {
        requireLayout(layout);
        write(() -> {
            regions = new HashMap<>();
            loadEntries();
            for (var pending : notes.pending()) {
                region(pending.region().of(CodeSide.UPLOAD))
                        .noteArrival(pending.search().arrival());
            }
            return null;
        });
    }

    /** Drops the regions. */
    public void unload() {
        write(() -> regions = null);
    }

    /** They come region by region, each in the order of its slots. */
    private void loadEntries() {
        Region region = null;
        byte[] before = {};
        try (var all = durable.range(StoreKeys.first(StoreKeys.ENTRY), StoreKeys.last(StoreKeys.ENTRY))) {
            while (all.hasNext()) {
                var entry = all.next();
                byte[] key = entry.key.get();
                if (region == null || !StoreKeys.isSameRegion(key, before)) {
                    region = region(StoreKeys.region(key));
                }
                before = key;
                load(region, StoreKeys.slot(key), ByteBuffer.wrap(entry.value));
            }
        }
    }

    private void load(Region region, int slot, ByteBuffer value) {
        var identity = new Identity(value.getLong(), value.getLong());
        long arrival = value.getLong();
        newestAppliedMillis = Math.max(newestAppliedMillis, value.getLong());
        var words = new byte[value.remaining()];
        value.get(words);
        region.put(slot, identity, arrival, PerceptualCode.fromBytes(region.algorithm(), words));
    }

    /** The codes of a region, which may have none. On the task's thread only. */
    public Region region(RegionKey key) {
        var region = regions.get(key);
        return region != null ? region : write(() -> regions.computeIfAbsent(key, this::makeRegion));
    }

    private Region makeRegion(RegionKey key) {
        var plan = plans.get(key.algorithm());
        if (plan == null) {
            throw new IllegalStateException("the index holds codes of " + key.algorithm() + ", which has no plan");
        }
        var algorithm = AlgorithmId.parse(key.algorithm());
        if (key.mode() == SearchMode.SCAN) {
            return new ScanRegion(algorithm, key.side(), plan.bits());
        }
        int position = Integer.parseInt(key.place().split("/")[1]);
        return new IndexRegion(algorithm, key.side(), plan.bits(), plan.firstBit(position), plan.widthBits(position));
    }

    /** Whether an entry is there. */
    public boolean contains(RegionKey region, Identity identity) {
        return region(region).slot(identity) >= 0;
    }

    /**
     * Adds an entry that is not there yet.
     *
     * @param happenedAtMillis when it was uploaded or protected
     * @return its arrival in the region; 0 if it is no upload
     */
    public long put(RegionKey key, Identity identity, PerceptualCode code, long happenedAtMillis) {
        var region = region(key);
        int slot = write(() -> {
            newestAppliedMillis = Math.max(newestAppliedMillis, happenedAtMillis);
            return region.add(identity, code);
        });
        byte[] words = code.toBytes();
        durable.put(
                StoreKeys.entry(key, slot),
                ByteBuffer.allocate(Identity.BYTES + 2 * Long.BYTES + words.length)
                        .putLong(identity.high())
                        .putLong(identity.low())
                        .putLong(region.arrival(slot))
                        .putLong(happenedAtMillis)
                        .put(words)
                        .array());
        if (key.side() == CodeSide.UPLOAD) {
            forgetAfter(
                    happenedAtMillis,
                    StoreKeys.of(StoreKeys.IDENTITY, key, identity).get());
        }
        return region.arrival(slot);
    }

    /** Removes an entry and what is noted of it; does nothing if there is none. */
    public void remove(RegionKey key, Identity identity) {
        var region = region(key);
        int slot = region.slot(identity);
        if (slot < 0) {
            return;
        }
        write(() -> {
            region.remove(slot);
            return null;
        });
        durable.delete(StoreKeys.entry(key, slot));
        notes.remove(key, identity);
    }

    /** What searches note beside the entries. */
    public SearchNotes notes() {
        return notes;
    }

    /**
     * Has something forgotten when its time has come.
     *
     * @param key any but those of the store itself: {@link #expire} gives it back
     */
    public void forgetAfter(long millis, byte[] key) {
        durable.put(StoreKeys.timed(millis, key), NOTHING);
    }

    /**
     * Forgets entries of uploads from before a time, oldest first.
     *
     * @param most how many at most
     * @param others takes the keys that are not of entries
     * @return how many entries were forgotten
     */
    public int expire(long beforeMillis, int most, Consumer<byte[]> others) {
        List<Bytes> expired = new ArrayList<>();
        try (var oldest =
                durable.range(StoreKeys.timed(0, NOTHING), StoreKeys.timed(Math.max(0, beforeMillis), NOTHING))) {
            while (oldest.hasNext() && expired.size() < most) {
                expired.add(oldest.next().key);
            }
        }
        int entries = 0;
        for (var timed : expired) {
            byte[] subject = StoreKeys.subject(timed.get());
            if (subject[0] == StoreKeys.IDENTITY) {
                remove(StoreKeys.region(subject), StoreKeys.identity(subject));
                entries++;
            } else {
                others.accept(subject);
            }
            durable.delete(timed);
        }
        return entries;
    }

    /** Notes the plans by which the entries are laid out. */
    public void noteLayout(String plans) {
        durable.put(StoreKeys.LAYOUT, plans.getBytes(StandardCharsets.UTF_8));
    }

    private void requireLayout(String plans) {
        byte[] noted = durable.get(StoreKeys.LAYOUT);
        if (noted != null && !plans.equals(new String(noted, StandardCharsets.UTF_8))) {
            throw new UnfitIndexException(
                    "settings of the matcher: expected those its index was made with, "
                            + new String(noted, StandardCharsets.UTF_8) + ", got " + plans
                            + "; go back to them, or reset the matcher so that it reads its topics again (`weighbridge reset matcher`)");
        }
    }

    /** How many entries there are, each place and mode counted. */
    public long size() {
        return regions.values().stream().mapToLong(Region::size).sum();
    }

    /** Bytes of memory that the regions take. */
    public long bytes() {
        return regions.values().stream().mapToLong(Region::bytes).sum();
    }

    /** When the newest of the entries was uploaded or protected; 0 if there are none. */
    public long newestAppliedMillis() {
        return newestAppliedMillis;
    }

    /** The regions there are. Only while holding {@link #read}, or on the task's thread. */
    public Map<RegionKey, Region> regions() {
        return regions;
    }

    /**
     * Runs something on a thread that is not the task's, while nothing changes.
     *
     * @throws IllegalStateException if this task does not run here, or not yet
     */
    public <T> T read(Supplier<T> reading) {
        lock.readLock().lock();
        try {
            if (regions == null) {
                throw new IllegalStateException("the store " + name() + " is not loaded");
            }
            return reading.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    private <T> T write(Supplier<T> writing) {
        lock.writeLock().lock();
        try {
            return writing.get();
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public String name() {
        return durable.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        durable.init(context, root);
    }

    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        durable.commit(changelogOffsets);
    }

    @Override
    public Long committedOffset(TopicPartition partition) {
        return durable.committedOffset(partition);
    }

    /** Deprecated, but Kafka Streams still asks; the answer must be that of the store below. */
    @Override
    @SuppressWarnings("deprecation")
    public boolean managesOffsets() {
        return durable.managesOffsets();
    }

    @Override
    public void close() {
        unload();
        durable.close();
    }

    @Override
    public boolean persistent() {
        return durable.persistent();
    }

    @Override
    public boolean isOpen() {
        return durable.isOpen();
    }

    @Override
    public Position getPosition() {
        return durable.getPosition();
    }
}
