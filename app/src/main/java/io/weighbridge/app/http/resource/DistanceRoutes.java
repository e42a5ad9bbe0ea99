package io.weighbridge.app.http.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.weighbridge.app.http.Query;
import io.weighbridge.app.http.Responses;
import io.weighbridge.app.http.Routes;
import io.weighbridge.app.http.access.ApiRole;
import io.weighbridge.hash.Algorithms;
import io.weighbridge.hash.HashAlgorithm;

/** How far apart the codes of unrelated models lie, by algorithm: the calibrated distribution that false match rates come from. */
final class DistanceRoutes implements Routes {

    private static final int BINS = 64;

    private final ObjectNode body = body();

    @Override
    public void mount(RoutesConfig routes) {
        routes.get(ROOT + "/distances", this::distances, ApiRole.VIEWER);
    }

    private void distances(Context context) {
        Query.none(context);
        Responses.tagged(context, body);
    }

    private static ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        Algorithms.all().forEach(algorithm -> body.set(algorithm.id().name(), json(algorithm)));
        return body;
    }

    private static ObjectNode json(HashAlgorithm algorithm) {
        int threshold = algorithm.thresholdBits();
        int binBits = algorithm.bits() / BINS;
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("version", algorithm.id().version());
        json.put("bits", algorithm.bits());
        json.put("thresholdBits", threshold < 0 ? null : Integer.valueOf(threshold));
        json.put("source", "fit");
        var bins = json.putArray("unrelated");
        double below = 0;
        for (int from = 0; from <= algorithm.bits(); from += binBits) {
            int to = Math.min(algorithm.bits(), from + binBits - 1);
            double upTo = algorithm.falseMatchRate(to);
            bins.addObject().put("fromBits", from).put("toBits", to).put("share", upTo - below);
            below = upTo;
        }
        return json;
    }
}
