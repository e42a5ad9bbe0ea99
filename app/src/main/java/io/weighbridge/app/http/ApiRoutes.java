package io.weighbridge.app.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.weighbridge.app.feed.LiveFeed;
import io.weighbridge.app.feed.LivePicture;
import io.weighbridge.app.feed.Page;
import io.weighbridge.app.feed.PictureJson;
import io.weighbridge.app.feed.RowKey;
import io.weighbridge.app.http.access.ApiRole;
import java.util.Map;
import java.util.function.Function;

/** Uploads and what is told of the whole. Lists are newest first; {@code next} is the cursor of the page that follows, null on the last. */
final class ApiRoutes implements Routes {

    private final LiveFeed feed;
    private final LivePicture picture;
    private final StackInfo stack;

    ApiRoutes(LiveFeed feed, StackInfo stack) {
        this.feed = feed;
        this.picture = feed.picture();
        this.stack = stack;
    }

    @Override
    public void mount(RoutesConfig routes) {
        routes.get(ROOT + "/uploads", this::uploads, ApiRole.VIEWER);
        routes.get(ROOT + "/uploads/{id}", this::upload, ApiRole.VIEWER);
        routes.get(ROOT + "/summary", this::summary, ApiRole.VIEWER);
        routes.get(ROOT + "/stack", this::stack, ApiRole.VIEWER);
    }

    private void uploads(Context context) {
        var query = Query.of(context);
        answer(context, "uploads", picture.uploads(query.limit(), query.after()), PictureJson::ofUpload);
    }

    private void upload(Context context) {
        Query.none(context);
        String id = context.pathParam("id");
        answer(context, PictureJson.ofUploadInFull(picture.upload(id).orElseThrow(() -> unknown("upload", id))));
    }

    private void summary(Context context) {
        Query.none(context);
        answer(context, PictureJson.ofSummary(feed));
    }

    private void stack(Context context) {
        Query.none(context);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("product", "weighbridge");
        body.put("version", stack.version());
        body.put("bootstrapServers", stack.bootstrapServers());
        body.put("schemaRegistryUrl", stack.publicRegistryUrl());
        ObjectNode ports = body.putObject("ports");
        ports.put("http", context.req().getLocalPort());
        stack.ports().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(port -> ports.put(port.getKey(), port.getValue()));
        answer(context, body);
    }

    private static <T> void answer(Context context, String name, Page<T> page, Function<T, ? extends JsonNode> form) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        var rows = body.putArray(name);
        page.rows().forEach(row -> rows.add(form.apply(row)));
        body.put("next", page.next().map(RowKey::cursor).orElse(null));
        answer(context, body);
    }

    private static void answer(Context context, JsonNode body) {
        Responses.json(context, body);
    }

    private static NotFoundResponse unknown(String kind, String id) {
        return new NotFoundResponse(kind + " " + id + ": not known, or older than what is kept", Map.of("kind", kind));
    }
}
