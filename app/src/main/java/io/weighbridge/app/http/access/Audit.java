package io.weighbridge.app.http.access;

import static io.weighbridge.schemas.LogEvent.event;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.weighbridge.schemas.avro.AuditEntry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that no change goes unrecorded. A request that may change something is written down before it is met, with the status
 * {@value #BEGUN}, and not met if that fails; then again, under the same id, with the status of its answer. A request that is refused for
 * want of rights is written down once.
 */
final class Audit {

    /** Status of an entry whose request was about to be met. */
    static final int BEGUN = 102;

    private static final Logger LOG = LoggerFactory.getLogger("io.weighbridge.audit");
    private static final Set<HandlerType> READING =
            Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS, HandlerType.TRACE);
    private static final String BEGUN_KEY = "weighbridge.audit.begun";
    private static final String ATTEMPT_KEY = "weighbridge.audit.attempt";
    private static final long WAIT_SECONDS = 5;

    private final AuditLog log;

    Audit(AuditLog log) {
        this.log = log;
    }

    /** Whether the request may change something. */
    static boolean isChange(Context context) {
        return !READING.contains(context.method());
    }

    /** Marks a request that showed something which does not hold. */
    static void noteAttempt(Context context) {
        context.attribute(ATTEMPT_KEY, true);
    }

    /** @throws HttpResponseException with status 503 if the request cannot be written down */
    void begin(Context context) {
        try {
            log.write(entry(context, BEGUN)).get(WAIT_SECONDS, TimeUnit.SECONDS);
            context.attribute(BEGUN_KEY, true);
        } catch (ExecutionException | TimeoutException e) {
            LOG.error(event("audit.unavailable"), "audit: cannot be written, so nothing is changed: {}", e.toString());
            context.header("Retry-After", "5");
            throw notRecorded();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notRecorded();
        }
    }

    /** Writes down how it ended. */
    void end(Context context) {
        boolean isRefused = context.status() == HttpStatus.FORBIDDEN || context.attribute(ATTEMPT_KEY) != null;
        if (context.attribute(BEGUN_KEY) == null && !isRefused) {
            return;
        }
        AuditEntry entry = entry(context, context.statusCode());
        LOG.atInfo()
                .addMarker(event("audit.request"))
                .addKeyValue("request", entry.getId())
                .addKeyValue("actor", entry.getActor())
                .addKeyValue("status", entry.getStatus())
                .log(
                        "{} {} ({}) {} {} -> {} from {}",
                        entry.getId(),
                        entry.getActor(),
                        entry.getRole(),
                        entry.getMethod(),
                        entry.getPath(),
                        entry.getStatus(),
                        entry.getRemote());
        log.write(entry);
    }

    private static HttpResponseException notRecorded() {
        return new HttpResponseException(
                HttpStatus.SERVICE_UNAVAILABLE, "the audit log cannot be written, so nothing is changed", Map.of());
    }

    private static AuditEntry entry(Context context, int status) {
        Actor actor = Access.actor(context);
        return AuditEntry.newBuilder()
                .setId(RequestId.of(context))
                .setAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .setActor(actor.name())
                .setRole(actor.role() == ApiRole.ANYONE ? null : actor.role().id())
                .setMethod(context.method().name())
                .setPath(context.path())
                .setStatus(status)
                .setRemote(context.ip())
                .setIdempotencyKey(RepeatedRequests.key(context).orElse(null))
                .build();
    }
}
