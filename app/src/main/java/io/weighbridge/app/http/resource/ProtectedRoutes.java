package io.weighbridge.app.http.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.weighbridge.app.feed.LivePicture;
import io.weighbridge.app.feed.MatchBucket;
import io.weighbridge.app.feed.PictureJson;
import io.weighbridge.app.feed.ProtectedRow;
import io.weighbridge.app.feed.RowKey;
import io.weighbridge.app.http.Parameters;
import io.weighbridge.app.http.Query;
import io.weighbridge.app.http.Responses;
import io.weighbridge.app.http.Routes;
import io.weighbridge.app.http.access.ApiRole;
import io.weighbridge.schemas.avro.ProtectionMode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Protected models: lists of them, one with its policy and cases, its matches over time, and what it would alert to if it were live. */
final class ProtectedRoutes implements Routes {

    /** As many as are kept: without a limit the list is whole. */
    private static final int MOST = 10_000;

    private final LivePicture picture;
    private final Clock clock;

    ProtectedRoutes(LivePicture picture, Clock clock) {
        this.picture = picture;
        this.clock = clock;
    }

    @Override
    public void mount(RoutesConfig routes) {
        routes.get(ROOT + "/protected", this::list, ApiRole.VIEWER);
        routes.get(ROOT + "/protected/{id}", this::one, ApiRole.VIEWER);
        routes.get(ROOT + "/protected/{id}/matches", this::matches, ApiRole.VIEWER);
        routes.get(ROOT + "/protected/{id}/preview", this::preview, ApiRole.VIEWER);
    }

    private void list(Context context) {
        var parameters = Parameters.of(context, Set.of("text", "mode", "limit", "cursor"));
        var text = parameters.text("text").map(wanted -> wanted.toLowerCase(Locale.ROOT));
        var modes = parameters.some("mode", ProtectionMode.class);
        int limit = parameters.count("limit", 1, MOST, MOST);
        var after = parameters.parsed("cursor", "a cursor from an earlier page", RowKey::fromCursor);
        Instant now = clock.instant();
        List<ProtectedRow> fitting = picture.protectedModels().stream()
                .filter(row -> modes.isEmpty() || modes.contains(row.mode(now)))
                .filter(row -> text.isEmpty() || holds(row, text.get()))
                .toList();
        var rest = fitting.stream()
                .filter(row -> after.isEmpty() || row.key().compareTo(after.get()) > 0)
                .toList();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        var rows = body.putArray("protected");
        rest.stream().limit(limit).map(PictureJson::ofProtected).forEach(rows::add);
        body.put("total", fitting.size());
        body.put("next", rest.size() > limit ? rest.get(limit - 1).key().cursor() : null);
        Responses.json(context, body);
    }

    private static boolean holds(ProtectedRow row, String text) {
        var model = row.model();
        return (model.getId() + "\n" + model.getName() + "\n" + model.getOwner())
                .toLowerCase(Locale.ROOT)
                .contains(text);
    }

    private void one(Context context) {
        Query.none(context);
        Responses.tagged(context, PictureJson.ofProtected(known(context)));
    }

    private void matches(Context context) {
        var parameters = Parameters.of(context, Set.of("bucket"));
        var span = parameters
                .parsed(
                        "bucket",
                        "hour or day",
                        text -> MatchBucket.Span.of(text).orElse(null))
                .orElse(MatchBucket.Span.DAY);
        var buckets = picture.matches(known(context).model().getId(), span);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        var list = body.putArray("buckets");
        int total = 0;
        for (MatchBucket bucket : buckets) {
            list.addObject()
                    .put("at", bucket.at().toString())
                    .put("alerts", bucket.alerts())
                    .put("held", bucket.held())
                    .put("suppressed", bucket.suppressed());
            total += bucket.alerts() + bucket.held() + bucket.suppressed();
        }
        Responses.tagged(context, body.put("total", total));
    }

    private void preview(Context context) {
        Query.none(context);
        Responses.tagged(context, Preview.of(known(context), picture.cases(), clock.instant()));
    }

    private ProtectedRow known(Context context) {
        return Found.in(context, "protected model", "id", picture::protectedModel);
    }
}
