package io.weighbridge.app.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import io.weighbridge.alerting.CaseJson;
import io.weighbridge.app.feed.Change;
import io.weighbridge.app.feed.Changes;
import io.weighbridge.app.feed.LiveFeed;
import io.weighbridge.app.feed.PictureJson;
import io.weighbridge.app.feed.PolicyJson;
import io.weighbridge.app.feed.cases.CaseRowJson;
import io.weighbridge.app.http.access.Access;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events: each change of the picture with the row as it is now, and the summary at most once a second. A reader that comes back
 * with {@code Last-Event-ID} gets what it missed, or, if that is no longer kept, {@code reset}: read the lists again. Events of one reader
 * are written in its own request's thread, so that a slow one delays nobody else.
 */
final class EventStream implements Handler, AutoCloseable {

    /** Readers at one time; each holds a thread. */
    static final int MAX_READERS = 64;

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final Duration SUMMARY_INTERVAL = Duration.ofSeconds(1);
    private static final int RECONNECT_MILLIS = 2_000;

    private final LiveFeed feed;
    private final Changes changes;
    private final Semaphore readers = new Semaphore(MAX_READERS);
    private volatile boolean closed;

    EventStream(LiveFeed feed) {
        this.feed = feed;
        this.changes = feed.picture().changes();
    }

    @Override
    public void handle(Context context) {
        Query.none(context);
        if (!readers.tryAcquire()) {
            context.header("Retry-After", "10");
            Responses.problem(
                    context, HttpStatus.SERVICE_UNAVAILABLE, "event readers: expected at most " + MAX_READERS);
            return;
        }
        try {
            stream(context);
        } catch (IOException e) {
            LOG.debug("event reader left: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            readers.release();
        }
    }

    /** Ends every reader's request. */
    @Override
    public void close() {
        closed = true;
        changes.wake();
    }

    private void stream(Context context) throws IOException, InterruptedException {
        var response = context.res();
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        OutputStream out = response.getOutputStream();
        write(out, "retry: " + RECONNECT_MILLIS + "\n\n");
        long told = resume(out, context.header("Last-Event-ID"));
        long summaryTold = System.nanoTime() - SUMMARY_INTERVAL.toNanos();
        boolean isSummaryDue = true;
        while (!changes.isClosed() && !closed && Access.holds(context)) {
            long before = told;
            told = tell(out, told);
            isSummaryDue |= told != before || System.nanoTime() - summaryTold >= HEARTBEAT.toNanos();
            Duration sinceSummary = Duration.ofNanos(System.nanoTime() - summaryTold);
            if (isSummaryDue && sinceSummary.compareTo(SUMMARY_INTERVAL) >= 0) {
                event(out, "summary", null, PictureJson.ofSummary(feed));
                summaryTold = System.nanoTime();
                isSummaryDue = false;
            }
            changes.await(told, isSummaryDue ? SUMMARY_INTERVAL.minus(sinceSummary) : HEARTBEAT, () -> closed);
        }
    }

    /** Where to go on: after the last event that the reader has, or from now on. */
    private long resume(OutputStream out, String lastEventId) throws IOException {
        long now = changes.last();
        if (lastEventId == null) {
            event(out, "hello", id(now), JsonNodeFactory.instance.objectNode());
            return now;
        }
        Optional<Long> last =
                sequence(lastEventId).filter(sequence -> changes.since(sequence).isPresent());
        if (last.isEmpty()) {
            event(out, "reset", id(now), JsonNodeFactory.instance.objectNode());
        }
        return last.orElse(now);
    }

    private long tell(OutputStream out, long told) throws IOException {
        Optional<List<Change>> missed = changes.since(told);
        if (missed.isEmpty()) {
            long now = changes.last();
            event(out, "reset", id(now), JsonNodeFactory.instance.objectNode());
            return now;
        }
        long last = told;
        for (Change change : newestOfEach(missed.get())) {
            var row = row(change);
            if (row.isPresent()) {
                event(out, change.kind().text(), id(change.sequence()), row.get());
            }
            last = change.sequence();
        }
        return last;
    }

    /** Two changes of one kind and row would tell the same row twice. */
    private static Collection<Change> newestOfEach(List<Change> missed) {
        var newest = new LinkedHashMap<String, Change>();
        for (Change change : missed) {
            String row = change.kind() + " " + change.id();
            newest.remove(row);
            newest.put(row, change);
        }
        return newest.values();
    }

    private Optional<JsonNode> row(Change change) {
        var picture = feed.picture();
        return switch (change.kind()) {
            case UPLOAD, OUTCOME, MATCH -> picture.upload(change.id()).map(PictureJson::ofUpload);
            case ALERT -> picture.caseOf(change.id()).map(CaseJson::of);
            case CASE -> picture.cases().row(change.id()).map(CaseRowJson::of);
            case POLICY ->
                Optional.of(JsonNodeFactory.instance
                        .objectNode()
                        .put("id", change.id())
                        .set(
                                "policy",
                                picture.policy(change.id()).map(PolicyJson::of).orElse(null)));
            case SUPPRESSION ->
                Optional.of(picture.suppression(change.id())
                        .map(CaseJson::of)
                        .orElseGet(() -> gone(change.id(), "LIFTED")));
            case PROTECTED ->
                Optional.of(picture.protectedModel(change.id())
                        .map(PictureJson::ofProtected)
                        .orElseGet(() -> gone(change.id(), "WITHDRAWN")));
        };
    }

    private static ObjectNode gone(String id, String status) {
        return JsonNodeFactory.instance.objectNode().put("id", id).put("status", status);
    }

    private String id(long sequence) {
        return changes.run() + "-" + sequence;
    }

    private Optional<Long> sequence(String eventId) {
        String prefix = changes.run() + "-";
        if (!eventId.startsWith(prefix) || !eventId.substring(prefix.length()).matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        return Optional.of(Long.parseLong(eventId.substring(prefix.length())));
    }

    /** JSON has no line breaks outside of its strings, and escapes them inside, so one data line holds it. */
    private static void event(OutputStream out, String type, String id, JsonNode data) throws IOException {
        String idLine = id == null ? "" : "id: " + id + "\n";
        write(
                out,
                idLine + "event: " + type + "\ndata: " + new String(Responses.bytes(data), StandardCharsets.UTF_8)
                        + "\n\n");
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
