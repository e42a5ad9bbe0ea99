package io.weighbridge.app.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.weighbridge.app.http.access.ApiRole;
import io.weighbridge.app.index.InstanceIndex;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the page's servers ask each matcher: {@code /index} and {@code /lookup}, of the partitions of this process alone. */
public final class InstanceRoutes {

    /** Others wait outside: probes and scrapers must find a thread. */
    private static final int MOST_AT_ONCE = 4;

    private final Supplier<Optional<InstanceIndex>> index;
    private final Semaphore asking = new Semaphore(MOST_AT_ONCE);

    /** @param index empty unless a matcher runs in this process */
    public InstanceRoutes(Supplier<Optional<InstanceIndex>> index) {
        this.index = index;
    }

    void mount(RoutesConfig routes) {
        routes.get(
                "/index",
                context -> {
                    Query.none(context);
                    answer(context, InstanceIndex::status);
                },
                ApiRole.ANYONE);
        routes.get(
                "/lookup",
                context -> {
                    var question = LookupParameters.of(context);
                    answer(context, instance -> LookupParameters.refusing(() -> instance.lookUp(question)));
                },
                ApiRole.ANYONE);
    }

    private void answer(Context context, Function<InstanceIndex, ObjectNode> question) {
        var instance = index.get();
        if (instance.isEmpty()) {
            Responses.problem(context, HttpStatus.SERVICE_UNAVAILABLE, "no matcher runs here, or not yet");
            return;
        }
        if (!asking.tryAcquire()) {
            context.header("Retry-After", "1");
            Responses.problem(
                    context, HttpStatus.SERVICE_UNAVAILABLE, "questions at once: expected at most " + MOST_AT_ONCE);
            return;
        }
        try {
            Responses.json(context, question.apply(instance.get()));
        } finally {
            asking.release();
        }
    }
}
