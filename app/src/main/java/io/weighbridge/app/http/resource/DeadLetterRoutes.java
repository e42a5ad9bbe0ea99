package io.weighbridge.app.http.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.weighbridge.app.feed.DeadLetterRow;
import io.weighbridge.app.feed.LivePicture;
import io.weighbridge.app.feed.RowKey;
import io.weighbridge.app.http.Query;
import io.weighbridge.app.http.Responses;
import io.weighbridge.app.http.Routes;

/** Records that could not be processed, the last first. */
final class DeadLetterRoutes implements Routes {

    private final LivePicture picture;

    DeadLetterRoutes(LivePicture picture) {
        this.picture = picture;
    }

    @Override
    public void mount(RoutesConfig routes) {
        routes.get(ROOT + "/dead-letters", this::list);
        routes.get(ROOT + "/dead-letters/{id}", this::one);
    }

    private void list(Context context) {
        var query = Query.of(context);
        var page = picture.deadLetters(query.limit(), query.after());
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        var letters = body.putArray("deadLetters");
        page.rows().forEach(letter -> letters.add(json(letter)));
        body.put("total", picture.deadLetterCount());
        body.put("next", page.next().map(RowKey::cursor).orElse(null));
        Responses.json(context, body);
    }

    private void one(Context context) {
        Query.none(context);
        Responses.tagged(context, json(Found.in(context, "dead letter", "id", picture::deadLetter)));
    }

    private static ObjectNode json(DeadLetterRow letter) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", letter.id())
                .put("topic", letter.topic())
                .put("stage", letter.stage())
                .put("cause", letter.cause())
                .put("failedAt", letter.failedAt().toString())
                .put("key", letter.key())
                .put("sizeBytes", letter.sizeBytes());
    }
}
