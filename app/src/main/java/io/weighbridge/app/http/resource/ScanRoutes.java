package io.weighbridge.app.http.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.weighbridge.app.feed.LivePicture;
import io.weighbridge.app.feed.RowKey;
import io.weighbridge.app.feed.ScanJson;
import io.weighbridge.app.feed.ScanQuery;
import io.weighbridge.app.http.Parameters;
import io.weighbridge.app.http.Query;
import io.weighbridge.app.http.Responses;
import io.weighbridge.app.http.Routes;
import io.weighbridge.app.http.access.ApiRole;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.ScanOutcome;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** The terminal outcomes of uploads and protections, newest first. */
final class ScanRoutes implements Routes {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST = 500;

    private final LivePicture picture;

    ScanRoutes(LivePicture picture) {
        this.picture = picture;
    }

    @Override
    public void mount(RoutesConfig routes) {
        routes.get(ROOT + "/scans", this::list, ApiRole.VIEWER);
        routes.get(ROOT + "/scans/{id}", this::one, ApiRole.VIEWER);
    }

    private void list(Context context) {
        var parameters = Parameters.of(context, Set.of("outcome", "format", "text", "since", "limit", "cursor"));
        var query = new ScanQuery(
                parameters.some("outcome", Outcome.class),
                parameters
                        .text("format")
                        .map(text -> (Set<String>) new TreeSet<>(Arrays.asList(text.split(","))))
                        .orElse(Set.of()),
                parameters.text("text").orElse(null),
                parameters.time("since").orElse(null));
        int limit = parameters.count("limit", 1, MOST, DEFAULT_LIMIT);
        var after = parameters.parsed("cursor", "a cursor from an earlier page", RowKey::fromCursor);
        var page = picture.scans(query, limit, after.orElse(null));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        var scans = body.putArray("scans");
        page.rows().forEach(scan -> scans.add(row(scan)));
        body.put("total", picture.scanCount(query));
        body.put("next", page.next().map(RowKey::cursor).orElse(null));
        Responses.json(context, body);
    }

    /** A list tells nothing of codes and layers. */
    private static ObjectNode row(ScanOutcome scan) {
        ObjectNode json = json(scan);
        json.withArray("files").forEach(file -> ((ObjectNode) file).remove(Arrays.asList("codes", "layers")));
        return json;
    }

    private void one(Context context) {
        Query.none(context);
        Responses.tagged(context, json(Found.in(context, "scan", "id", picture::scan)));
    }

    private static ObjectNode json(ScanOutcome scan) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("id", ScanQuery.idOf(scan));
        json.setAll(ScanJson.of(scan));
        return json;
    }
}
