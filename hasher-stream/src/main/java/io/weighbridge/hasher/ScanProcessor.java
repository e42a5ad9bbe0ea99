package io.weighbridge.hasher;

import io.weighbridge.hasher.PendingRequests.Pending;
import io.weighbridge.schemas.CloudEvent;
import io.weighbridge.schemas.avro.Outcome;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Turns requests into codes and outcomes without ever waiting for a scan.
 *
 * <p>A request is written to the pending store, and nothing else, when it comes. The {@link ScanPool} gets the heads of as many models as
 * the window allows. The punctuator forwards what is done, and removes it from the store in the same transaction: so a request is pending
 * until its outcome is committed, and every one has exactly one outcome, whenever the process dies. The next owner of the task finds in its
 * store what has to be begun again.
 *
 * <p><b>One in flight per model</b> keeps the order of its outcomes; other models overtake.
 */
final class ScanProcessor<V> implements Processor<String, V, String, SpecificRecord> {

    /** Where the two kinds of records go. */
    record Outlets(String codes, String outcomes) {}

    private final Lane<V> lane;
    private final String storeName;
    private final Outlets outlets;
    private final HasherSettings settings;
    private final ScanPool pool;
    private final Backlog backlog = new Backlog();
    private final Map<String, Work<V>> inFlight = new LinkedHashMap<>();
    private ProcessorContext<String, SpecificRecord> context;
    private PendingRequests<V> requests;

    ScanProcessor(Lane<V> lane, String storeName, Outlets outlets, HasherSettings settings, ScanPool pool) {
        this.lane = lane;
        this.storeName = storeName;
        this.outlets = outlets;
        this.settings = settings;
        this.pool = pool;
    }

    /** A request that the pool has. */
    private record Work<V>(Pending<V> pending, Future<ScanReport> scan) {

        /** Empty if the scan was stopped, not ended: the request stays pending. */
        Optional<ScanReport> report() {
            try {
                return Optional.of(scan.get());
            } catch (CancellationException | ExecutionException e) {
                return Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        this.context = context;
        requests = new PendingRequests<>(context.getStateStore(storeName), backlog);
        pool.metrics().watch(backlog, lane);
        context.schedule(settings.forwardInterval(), PunctuationType.WALL_CLOCK_TIME, now -> forwardDone());
        fillWindow();
    }

    @Override
    public void process(Record<String, V> record) {
        if (record.value() == null) {
            withdraw(record.key(), record.timestamp());
            return;
        }
        pool.metrics().received(lane);
        var request = record.value();
        var refusal = lane.refusal(record.key(), request);
        if (refusal.isPresent()) {
            end(request, record.timestamp(), ScanReport.notScanned(Outcome.MALFORMED, refusal.get()));
            return;
        }
        var pending = requests.add(lane.key(request), request, record.timestamp());
        if (hasRoom() && !inFlight.containsKey(pending.key().model())) {
            begin(pending); // relies on: full or exhausted
        }
    }

    @Override
    public void close() {
        inFlight.values().forEach(work -> work.scan().cancel(true));
        inFlight.clear();
        pool.metrics().forget(backlog, lane);
    }

    private boolean hasRoom() {
        return inFlight.size() < settings.window();
    }

    /**
     * Establishes <b>full or exhausted</b>: the window has no room, or all that is pending is in flight or behind something that is. Called
     * whenever a place or a model has become free, and only then looks into the store: in a store that much was deleted from, a look is slow.
     */
    private void fillWindow() {
        while (hasRoom() && requests.size() > inFlight.size()) {
            var next = requests.nextExcept(inFlight.keySet());
            if (next.isEmpty()) {
                return;
            }
            begin(next.get());
        }
    }

    private void begin(Pending<V> pending) {
        requests.passTurn(pending);
        inFlight.put(
                pending.key().model(), new Work<>(pending, pool.submit(lane.files(pending.request()), lane.share())));
    }

    private void forwardDone() {
        var works = inFlight.values().iterator();
        boolean isAnyDone = false;
        while (works.hasNext()) {
            var work = works.next();
            if (work.scan().isDone()) {
                works.remove();
                work.report().ifPresent(report -> complete(work.pending(), report));
                isAnyDone = true;
            }
        }
        if (isAnyDone) {
            fillWindow();
        }
    }

    private void complete(Pending<V> pending, ScanReport report) {
        V request = pending.request();
        if (lane.isReplacing() && report.hashed().isEmpty()) {
            var time = Instant.ofEpochMilli(pending.timestampMillis());
            var event = HasherEvents.protectionWithdrawn(lane.eventId(request) + "/replaced", time);
            forward(outlets.codes(), lane.key(request), null, event);
        }
        end(pending, report);
    }

    private void end(Pending<V> pending, ScanReport report) {
        end(pending.request(), pending.timestampMillis(), report);
        requests.remove(pending);
    }

    private void end(V request, long timestampMillis, ScanReport report) {
        String id = lane.eventId(request);
        var time = Instant.ofEpochMilli(timestampMillis);
        int number = 0;
        for (var file : lane.coded(report)) {
            var event = HasherEvents.modelCoded(id + "/code/" + number++, time);
            forward(outlets.codes(), lane.key(request), lane.code(request, file), event);
        }
        var event = HasherEvents.scanCompleted(id + "/outcome", time);
        forward(outlets.outcomes(), lane.key(request), lane.outcome(request, report), event);
        pool.metrics().completed(lane, report);
    }

    /**
     * Takes back what is registered under a key. Needs no turn in the queue: earlier registrations have either been forwarded, or are
     * pending and end here.
     */
    private void withdraw(String key, long timestampMillis) {
        var work = inFlight.remove(key);
        if (work != null) {
            work.scan().cancel(true);
        }
        var withdrawn = ScanReport.notScanned(Outcome.FORBIDDEN, "withdrawn before its scan was complete");
        requests.of(key).forEach(pending -> end(pending, withdrawn));
        var event = HasherEvents.protectionWithdrawn(
                key + "/withdrawn/" + timestampMillis, Instant.ofEpochMilli(timestampMillis));
        forward(outlets.codes(), key, null, event);
        fillWindow();
    }

    private void forward(String outlet, String key, SpecificRecord value, CloudEvent event) {
        context.forward(new Record<>(key, value, event.time().toEpochMilli(), event.headers()), outlet);
    }
}
