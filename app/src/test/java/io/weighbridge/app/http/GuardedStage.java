package io.weighbridge.app.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import io.weighbridge.app.http.access.Access;
import io.weighbridge.app.http.access.AccessSettings;
import io.weighbridge.app.http.access.ApiRole;
import io.weighbridge.app.http.access.BodyLimit;
import io.weighbridge.app.http.access.TokenFile;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that wants tokens, one of each role, and a few routes that change something. */
final class GuardedStage implements AutoCloseable, Routes {

    static final String CHANGE = "/api/v1/test/change";
    static final String CURATE = "/api/v1/test/curate";
    static final String LARGE = "/api/v1/test/large";
    static final String SLOW = "/api/v1/test/slow";
    static final String FAILING = "/api/v1/test/failing";

    final TokenFile tokens;
    final WebStage web;
    final HttpProbe http;
    final AtomicInteger changes = new AtomicInteger();
    final CountDownLatch isSlowBegun = new CountDownLatch(1);
    final CountDownLatch maySlowEnd = new CountDownLatch(1);

    private final Map<ApiRole, String> texts = new EnumMap<>(ApiRole.class);

    GuardedStage(Path folder) {
        this(folder, Map.of());
    }

    GuardedStage(Path folder, Map<String, String> more) {
        tokens = new TokenFile(folder.resolve("tokens.json"));
        for (ApiRole role : List.of(ApiRole.VIEWER, ApiRole.ANALYST, ApiRole.CURATOR, ApiRole.ADMIN)) {
            texts.put(role, create(role.id() + "-1", role));
        }
        var values = new HashMap<>(more);
        values.put(AccessSettings.TOKENS_FILE, tokens.path().toString());
        var settings = new Settings(values);
        web = new WebStage(settings, AccessSettings.of(settings), List.of(this));
        http = web.http;
    }

    /** The header that shows the token of a role. */
    String[] as(ApiRole role, String... more) {
        return bearer(texts.get(role), more);
    }

    String text(ApiRole role) {
        return texts.get(role);
    }

    static String[] bearer(String text, String... more) {
        var headers = new String[more.length + 2];
        headers[0] = "Authorization";
        headers[1] = "Bearer " + text;
        System.arraycopy(more, 0, headers, 2, more.length);
        return headers;
    }

    String create(String name, ApiRole role) {
        try {
            return tokens.create(name, role, Instant.EPOCH, Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void mount(RoutesConfig routes) {
        routes.post(CHANGE, this::change, ApiRole.ANALYST);
        routes.post(CURATE, this::change, ApiRole.CURATOR);
        routes.addEndpoint(new BodyLimit(200_000).endpoint(HandlerType.POST, LARGE, ApiRole.ANALYST, this::change));
        routes.post(
                SLOW,
                context -> {
                    isSlowBegun.countDown();
                    maySlowEnd.await();
                    change(context);
                },
                ApiRole.ANALYST);
        routes.post(
                FAILING,
                context -> {
                    changes.incrementAndGet();
                    Responses.problem(context, HttpStatus.SERVICE_UNAVAILABLE, "not now");
                },
                ApiRole.ANALYST);
    }

    private void change(Context context) {
        context.header("Location", "/api/v1/test/" + changes.incrementAndGet());
        Responses.json(
                context,
                HttpStatus.CREATED,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("by", Access.actor(context).name())
                        .put("bytes", context.bodyAsBytes().length)
                        .put("change", changes.get()));
    }

    @Override
    public void close() {
        maySlowEnd.countDown();
        web.close();
    }
}
