package io.weighbridge.app.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weighbridge.app.http.access.ApiRole;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Probes, metrics and topologies: {@code /livez}, {@code /readyz}, {@code /metrics}, {@code /topology}, for any server. The roles hold where it is guarded. */
public final class ManagementRoutes {

    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Health health;
    private final PrometheusMeterRegistry metrics;
    private final Map<String, Supplier<String>> topologies;

    /** @param topologies the description of each role's topology, by role */
    public ManagementRoutes(Health health, PrometheusMeterRegistry metrics, Map<String, Supplier<String>> topologies) {
        this.health = health;
        this.metrics = metrics;
        this.topologies = new TreeMap<>(topologies);
    }

    void mount(RoutesConfig routes) {
        routes.get("/livez", context -> probe(context, health.live(), "not live"), ApiRole.ANYONE);
        routes.get("/readyz", context -> probe(context, health.ready(), "not ready"), ApiRole.ANYONE);
        routes.get("/metrics", this::metrics, ApiRole.VIEWER);
        routes.get("/topology", this::topologies, ApiRole.VIEWER);
        routes.get("/topology/{role}", this::topology, ApiRole.VIEWER);
    }

    /** 200 or 503; either way the body tells the state of each part. */
    private void probe(Context context, boolean isGood, String problem) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("status", isGood ? "ok" : problem);
        ObjectNode states = body.putObject("states");
        new TreeMap<>(health.states()).forEach(states::put);
        Responses.json(context, isGood ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE, body);
    }

    private void metrics(Context context) {
        Responses.text(context, PROMETHEUS, metrics.scrape());
    }

    private void topologies(Context context) {
        Responses.text(
                context,
                TEXT,
                topologies.entrySet().stream()
                        .map(topology -> "# " + topology.getKey() + "\n"
                                + topology.getValue().get().strip() + "\n")
                        .collect(Collectors.joining("\n")));
    }

    private void topology(Context context) {
        String role = context.pathParam("role");
        var topology = topologies.get(role);
        if (topology == null) {
            throw new NotFoundResponse(
                    "topology: expected one of " + topologies.keySet() + ", got " + role, Map.of("kind", "topology"));
        }
        Responses.text(context, TEXT, topology.get());
    }
}
