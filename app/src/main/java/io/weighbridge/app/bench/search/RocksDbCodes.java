package io.weighbridge.app.bench.search;

import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.search.CodeBlocks;
import io.weighbridge.hash.search.SearchMode;
import io.weighbridge.hash.search.SubstringPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.kafka.common.utils.Utils;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The layout that the matcher's store had at first: codes in RocksDB, once for each substring, found by scans of what begins with the
 * substring. Kept to be measured beside the layouts in memory.
 *
 * <pre>position, 1 byte | substring, 8 bytes | code | number, 4 bytes</pre>
 */
final class RocksDbCodes implements AutoCloseable {

    private static final byte[] NOTHING = {};
    private static final int KEY_START = 1 + Long.BYTES;
    private static final int BATCH = 4_096;

    private final Path folder;
    private final Options options = new Options().setCreateIfMissing(true);
    private final RocksDB db;
    private final int bits;
    private final int substrings;

    private RocksDbCodes(Path folder, int bits, int substrings) throws RocksDBException {
        this.folder = folder;
        this.bits = bits;
        this.substrings = substrings;
        db = RocksDB.open(options, folder.toString());
    }

    /** Writes all codes to a folder for temporary files. */
    static RocksDbCodes of(CodeSet codes, int substrings) throws IOException {
        RocksDB.loadLibrary();
        try {
            var result = new RocksDbCodes(Files.createTempDirectory("weighbridge-bench"), codes.bits(), substrings);
            result.fill(codes);
            return result;
        } catch (RocksDBException e) {
            throw new IOException(e);
        }
    }

    private void fill(CodeSet codes) throws RocksDBException {
        var plan = plan(0);
        try (var batch = new WriteBatch();
                var writing = new WriteOptions().setDisableWAL(true)) {
            for (int number = 0; number < codes.size(); number++) {
                var code = codes.code(number);
                for (int position = 0; position < substrings; position++) {
                    byte[] key = ByteBuffer.allocate(KEY_START + bits / Byte.SIZE + Integer.BYTES)
                            .put(start(position, plan.substring(code, position)))
                            .put(code.toBytes())
                            .putInt(number)
                            .array();
                    batch.put(key, NOTHING);
                }
                if (number % BATCH == 0 || number == codes.size() - 1) {
                    db.write(writing, batch);
                    batch.clear();
                }
            }
        }
        db.compactRange();
    }

    /** Every code within the radius, by look-ups of all substrings of neighbours. */
    void lookUp(PerceptualCode query, int radiusBits, CodeBlocks.Hits hits) {
        var plan = plan(radiusBits);
        try (var reading = new ReadOptions();
                var codes = db.newIterator(reading)) {
            for (var place : plan.roamingPlaces(SearchMode.INDEX, query)) {
                int position = place.position();
                plan.forEachResidentSubstring(
                        place,
                        query,
                        substring -> visit(codes, start(position, substring), query, plan, position, hits));
            }
        }
    }

    /** Every code within the radius, by comparing all that are kept for the first substring. */
    void scan(PerceptualCode query, int radiusBits, CodeBlocks.Hits hits) {
        var all = new SubstringPlan(bits, 1, radiusBits, 0, SearchMode.SCAN);
        try (var reading = new ReadOptions();
                var codes = db.newIterator(reading)) {
            visit(codes, new byte[1], query, all, 0, hits);
        }
    }

    private void visit(
            RocksIterator codes,
            byte[] prefix,
            PerceptualCode query,
            SubstringPlan plan,
            int position,
            CodeBlocks.Hits hits) {
        var mode = plan.modes().iterator().next();
        for (codes.seek(prefix); codes.isValid(); codes.next()) {
            byte[] key = codes.key();
            if (!startsWith(key, prefix)) {
                return;
            }
            var words = ByteBuffer.wrap(key);
            int distanceBits = 0;
            for (int word = 0; word < bits / Long.SIZE; word++) {
                distanceBits += Long.bitCount(words.getLong(KEY_START + word * Long.BYTES) ^ query.word(word));
            }
            if (distanceBits <= plan.radiusBits() && plan.isReportedAt(mode, position, query, code(key, query))) {
                hits.visit(0, words.getInt(key.length - Integer.BYTES), distanceBits);
            }
        }
    }

    private PerceptualCode code(byte[] key, PerceptualCode query) {
        var bytes = new byte[bits / Byte.SIZE];
        System.arraycopy(key, KEY_START, bytes, 0, bytes.length);
        return PerceptualCode.fromBytes(query.algorithm(), bytes);
    }

    private SubstringPlan plan(int radiusBits) {
        return new SubstringPlan(bits, substrings, radiusBits, 0, SearchMode.INDEX);
    }

    private static byte[] start(int position, long substring) {
        return ByteBuffer.allocate(KEY_START)
                .put((byte) position)
                .putLong(substring)
                .array();
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    @Override
    public void close() throws IOException {
        db.close();
        options.close();
        Utils.delete(folder.toFile());
    }
}
