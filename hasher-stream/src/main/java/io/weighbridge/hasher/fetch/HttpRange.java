package io.weighbridge.hasher.fetch;

import io.weighbridge.hasher.fetch.HttpReader.Reply;
import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file on a web server, read in stretches: nothing of it is kept but the stretches read last.
 *
 * <p><b>One entity.</b> The strong ETag of the first answer is a condition of every other request, and is compared with what comes back, as is the
 * size. A file that changes while it is read fails; bytes of two files are never mixed. Used by one thread at a time.
 */
final class HttpRange implements ByteRange {

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");
    private static final Pattern STRONG_TAG = Pattern.compile("\"[^\"]*\"");

    private static final int PRECONDITION_FAILED = 412;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final URI address;
    private final HttpReader reader;
    private final FetchSettings settings;
    private final String tag;
    private final long sizeBytes;
    private final Map<Long, byte[]> cache;
    private URI place;

    private HttpRange(URI address, HttpReader reader, FetchSettings settings, Reply first, long sizeBytes) {
        this.address = address;
        this.reader = reader;
        this.settings = settings;
        this.sizeBytes = sizeBytes;
        tag = first.header("ETag");
        place = first.from();
        int chunks = (int) Math.max(
                2,
                Math.min(
                        1 << 20,
                        settings.range().cacheBytes() / settings.range().chunkBytes()));
        cache = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
                return size() > chunks;
            }
        };
        cache.put(0L, first.body());
    }

    /**
     * Asks for the first stretch of a file.
     *
     * @return empty if the host does not give stretches of it, or not under a strong ETag
     * @throws HttpFailure if it gives nothing
     */
    static Optional<HttpRange> open(URI address, HttpReader reader, FetchSettings settings, Deadline deadline)
            throws HttpFailure, InterruptedException {
        int length = settings.range().chunkBytes();
        var reply = reader.get(address, Map.of("Range", "bytes=0-" + (length - 1)), length, deadline);
        if (reply.status() == HttpExchange.OK || reply.status() == RANGE_NOT_SATISFIABLE) {
            return Optional.empty();
        }
        if (reply.status() != HttpExchange.PARTIAL_CONTENT) {
            throw reply.unexpected();
        }
        var range = CONTENT_RANGE.matcher(reply.header("Content-Range"));
        if (!range.matches()
                || !isPlain(reply)
                || !STRONG_TAG.matcher(reply.header("ETag")).matches()) {
            return Optional.empty();
        }
        long sizeBytes = Long.parseLong(range.group(3));
        boolean isComplete = reply.isWhole() && reply.body().length == Math.min(length, sizeBytes);
        return isComplete && range.group(1).equals("0")
                ? Optional.of(new HttpRange(address, reader, settings, reply, sizeBytes))
                : Optional.empty();
    }

    private static boolean isPlain(Reply reply) {
        String encoding = reply.header("Content-Encoding");
        return encoding.isEmpty() || encoding.equalsIgnoreCase("identity");
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public void readInto(ByteBuffer target, long offset, String what) throws IOException {
        if (offset < 0 || target.remaining() > sizeBytes - offset) {
            throw ModelFormatException.malformed(what + " at byte " + offset + ": expected " + target.remaining()
                    + " bytes, the file ends at byte " + sizeBytes);
        }
        int chunkBytes = settings.range().chunkBytes();
        long position = offset;
        while (target.hasRemaining()) {
            byte[] chunk = chunk(position / chunkBytes);
            int from = (int) (position % chunkBytes);
            int count = Math.min(target.remaining(), chunk.length - from);
            target.put(chunk, from, count);
            position += count;
        }
    }

    private byte[] chunk(long index) throws IOException {
        byte[] known = cache.get(index);
        if (known != null) {
            return known;
        }
        try {
            byte[] read = read(index * settings.range().chunkBytes());
            cache.put(index, read);
            return read;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClosedByInterruptException();
        }
    }

    private byte[] read(long from) throws HttpFailure, InterruptedException {
        long to = Math.min(from + settings.range().chunkBytes(), sizeBytes) - 1;
        var reply = ask(from, to);
        String expected = "bytes " + from + "-" + to + "/" + sizeBytes;
        if (reply.status() == HttpExchange.OK
                || reply.status() == PRECONDITION_FAILED
                || !reply.header("ETag").equals(tag)) {
            throw failed("changed while it was read: expected ETag " + tag + ", got " + reply.header("ETag"));
        }
        if (!reply.header("Content-Range").equals(expected) || !isPlain(reply)) {
            throw failed("expected " + expected + ", got " + reply.header("Content-Range"));
        }
        if (!reply.isWhole() || reply.body().length != to - from + 1) {
            throw failed("expected " + (to - from + 1) + " bytes from byte " + from + ", got " + reply.body().length);
        }
        return reply.body();
    }

    /** From where the bytes came last; redirects may lead to addresses that hold for a while only, so once more from the start if that refuses. */
    private Reply ask(long from, long to) throws HttpFailure, InterruptedException {
        var reply = ask(place, from, to);
        if (!isAnswer(reply) && !place.equals(address)) {
            reply = ask(address, from, to);
        }
        if (!isAnswer(reply)) {
            throw reply.unexpected();
        }
        place = reply.from();
        return reply;
    }

    private Reply ask(URI at, long from, long to) throws HttpFailure, InterruptedException {
        var headers = Map.of("Range", "bytes=" + from + "-" + to, "If-Match", tag, "If-Range", tag);
        return reader.get(
                at, headers, (int) (to - from + 1), Deadline.in(settings.http().deadline()));
    }

    private static boolean isAnswer(Reply reply) {
        return reply.status() == HttpExchange.OK
                || reply.status() == HttpExchange.PARTIAL_CONTENT
                || reply.status() == PRECONDITION_FAILED;
    }

    private HttpFailure failed(String reason) {
        return HttpFailure.lasting(Outcome.UNREACHABLE, ShownAddress.of(place) + ": " + reason);
    }
}
