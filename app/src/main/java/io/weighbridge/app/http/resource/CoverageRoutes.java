package io.weighbridge.app.http.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.weighbridge.app.feed.CoverageReport;
import io.weighbridge.app.feed.LivePicture;
import io.weighbridge.app.http.Parameters;
import io.weighbridge.app.http.Responses;
import io.weighbridge.app.http.Routes;
import io.weighbridge.app.http.access.ApiRole;
import io.weighbridge.schemas.avro.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** How much of what was uploaded was scanned, by outcome, format and hour, and why the rest was not. */
final class CoverageRoutes implements Routes {

    private static final int DEFAULT_HOURS = 24;
    private static final int MOST_HOURS = 24 * 366;
    private static final int MOST_REASONS = 100;

    private final LivePicture picture;
    private final Clock clock;

    CoverageRoutes(LivePicture picture, Clock clock) {
        this.picture = picture;
        this.clock = clock;
    }

    @Override
    public void mount(RoutesConfig routes) {
        routes.get(ROOT + "/coverage", this::coverage, ApiRole.VIEWER);
    }

    private void coverage(Context context) {
        int hours = Parameters.of(context, Set.of("hours")).count("hours", 1, MOST_HOURS, DEFAULT_HOURS);
        Responses.tagged(context, json(picture.coverage(clock.instant().minus(Duration.ofHours(hours)))));
    }

    private static ObjectNode json(CoverageReport report) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("received", report.received());
        body.put("hashed", report.hashed());
        body.put("ratio", report.received() == 0 ? null : (double) report.hashed() / report.received());
        putAll(body.putObject("byOutcome"), report.byOutcome());
        ObjectNode formats = body.putObject("byFormat");
        report.byFormat().forEach((format, outcomes) -> putAll(formats.putObject(format), outcomes));
        var hours = body.putArray("byHour");
        report.byHour()
                .forEach(hour -> hours.addObject()
                        .put("at", hour.at().toString())
                        .put("received", hour.received())
                        .put("hashed", hour.hashed())
                        .put("notScanned", hour.notScanned()));
        var reasons = body.putArray("reasons");
        report.reasons().stream()
                .limit(MOST_REASONS)
                .forEach(reason -> reasons.addObject()
                        .put("reason", reason.text())
                        .put("outcome", reason.outcome().name())
                        .put("count", reason.count())
                        .put("example", reason.example()));
        return body;
    }

    private static void putAll(ObjectNode json, Map<Outcome, Integer> counts) {
        counts.forEach((outcome, count) -> json.put(outcome.name(), count));
    }
}
