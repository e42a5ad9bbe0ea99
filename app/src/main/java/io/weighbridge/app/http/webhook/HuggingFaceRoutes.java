package io.weighbridge.app.http.webhook;

import static io.weighbridge.schemas.LogEvent.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import io.weighbridge.app.http.Responses;
import io.weighbridge.app.http.Routes;
import io.weighbridge.app.http.access.Access;
import io.weighbridge.app.http.access.ApiRole;
import io.weighbridge.app.http.access.BodyLimit;
import io.weighbridge.schemas.Setting;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.avro.UploadEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives the webhooks of Hugging Face and publishes an upload for each commit of a model. One that is told again makes no second event
 * while it is remembered; after a restart it makes one with the same id.
 */
public final class HuggingFaceRoutes implements Routes {

    /** Setting: file that holds the secret which Hugging Face sends; without it and {@link #SECRET} the route is not there. */
    public static final String SECRET_FILE = "weighbridge.webhooks.huggingface.secret.file";

    /** Setting: the secret itself. */
    public static final String SECRET = "weighbridge.webhooks.huggingface.secret";

    /** What {@link #secret} reads. */
    public static final List<Setting> SETTINGS = List.of(Setting.none(SECRET_FILE), Setting.secret(SECRET));

    private static final Logger LOG = LoggerFactory.getLogger(HuggingFaceRoutes.class);
    private static final String PATH = "/webhooks/huggingface";
    private static final String HEADER = "X-Webhook-Secret";
    private static final int LEAST_SECRET = 16;
    private static final BodyLimit LIMIT = new BodyLimit(1 << 20);

    private final String secret;
    private final Access access;
    private final Consumer<UploadEvent> publisher;
    private final Cache<String, Instant> published = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterWrite(Duration.ofDays(1))
            .build();

    /** @param publisher returns once the event is kept, or throws a {@link KafkaException} */
    public HuggingFaceRoutes(String secret, Access access, Consumer<UploadEvent> publisher) {
        this.secret = secret;
        this.access = access;
        this.publisher = publisher;
    }

    /**
     * The secret that the settings tell; empty if none.
     *
     * @throws IllegalArgumentException if its file cannot be read, or it is shorter than {@value #LEAST_SECRET} characters
     */
    public static Optional<String> secret(Settings settings) {
        var secret = settings.file(SECRET_FILE)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .or(() -> Optional.of(settings.text(SECRET, "")))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
        if (secret.isPresent() && secret.get().length() < LEAST_SECRET) {
            settings.problem(SECRET_FILE, "expected a secret of at least " + LEAST_SECRET + " characters");
        }
        settings.check();
        return secret;
    }

    @Override
    public void mount(RoutesConfig routes) {
        routes.addEndpoint(LIMIT.endpoint(HandlerType.POST, PATH, ApiRole.ANYONE, this::receive));
    }

    private void receive(Context context) {
        requireSecret(context);
        HuggingFacePush push = read(context);
        var ignored = push.ignored();
        if (ignored.isPresent()) {
            answer(context, HttpStatus.OK, "ignored", null, ignored.get());
            return;
        }
        try {
            published.get(push.id(), id -> publish(push));
            answer(context, HttpStatus.ACCEPTED, "accepted", push.id(), null);
        } catch (KafkaException e) {
            LOG.error(event("webhook.publish.failed"), "{}@{}: cannot be published", push.repo(), push.headSha(), e);
            context.header("Retry-After", "30");
            Responses.problem(context, HttpStatus.SERVICE_UNAVAILABLE, "the upload cannot be published; tell it again");
        }
    }

    private Instant publish(HuggingFacePush push) {
        Instant now = Instant.now();
        publisher.accept(push.upload(now));
        return now;
    }

    private void requireSecret(Context context) {
        String shown = context.header(HEADER);
        boolean isRight = shown != null
                && MessageDigest.isEqual(
                        shown.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
        if (!isRight) {
            throw access.failed(context, HEADER + ": expected the secret that this server was given");
        }
    }

    private static HuggingFacePush read(Context context) {
        try {
            return HuggingFacePush.of(context.bodyAsBytes());
        } catch (IllegalArgumentException e) {
            throw new BadRequestResponse(e.getMessage());
        }
    }

    private static void answer(Context context, HttpStatus status, String what, String id, String reason) {
        Responses.json(
                context,
                status,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("status", what)
                        .put("uploadId", id)
                        .put("reason", reason));
    }
}
