package io.weighbridge.hasher.fetch;

import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.FileRange;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** What fetching a file came to. */
public sealed interface FetchResult {

    /** There are bytes, until this is closed. */
    sealed interface Available extends FetchResult, AutoCloseable {

        long sizeBytes();

        /** Bytes of the copy on this machine; 0 if there is none. */
        long spooledBytes();

        /** The bytes, from the start: to be closed by the caller, if they can be, and openable again. */
        ByteRange open() throws IOException;

        /** Gives up what was kept for reading; never fails. */
        @Override
        void close();
    }

    /**
     * The bytes are at {@code path} until this is closed.
     *
     * @param room of a copy of ours, which closing removes; null if this is the original, which is left alone
     */
    record Fetched(Path path, long sizeBytes, SpoolLease room) implements Available {

        boolean isSpooled() {
            return room != null;
        }

        @Override
        public long spooledBytes() {
            return isSpooled() ? sizeBytes : 0;
        }

        @Override
        public ByteRange open() throws IOException {
            return FileRange.open(path);
        }

        @Override
        public void close() {
            if (isSpooled()) {
                remove(path);
                room.close();
            }
        }

        /** A copy that cannot be removed now goes with its folder at the next start. */
        static void remove(Path copy) {
            try {
                Files.deleteIfExists(copy);
            } catch (IOException e) {
                LoggerFactory.getLogger(FetchResult.class).warn("spool: cannot remove {}", copy, e);
            }
        }
    }

    /** The bytes stay where they are, and are read from there. */
    record Streamed(ByteRange bytes) implements Available {

        @Override
        public long sizeBytes() {
            return bytes.sizeBytes();
        }

        @Override
        public long spooledBytes() {
            return 0;
        }

        @Override
        public ByteRange open() {
            return bytes;
        }

        @Override
        public void close() {
            // nothing was kept
        }
    }

    /**
     * There are no bytes: the outcome of the scan, and why.
     *
     * @param isAbsent whether there is no such file, as its host says for sure
     */
    record NotFetched(Outcome outcome, String reason, boolean isAbsent) implements FetchResult {

        public NotFetched(Outcome outcome, String reason) {
            this(outcome, reason, false);
        }
    }
}
