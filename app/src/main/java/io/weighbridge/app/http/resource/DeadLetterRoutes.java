package io.weighbridge.app.http.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.feed.DeadLetterRow;
import io.weighbridge.app.feed.FeedException;
import io.weighbridge.app.feed.LivePicture;
import io.weighbridge.app.feed.RowKey;
import io.weighbridge.app.http.ProblemException;
import io.weighbridge.app.http.Query;
import io.weighbridge.app.http.Responses;
import io.weighbridge.app.http.Routes;
import io.weighbridge.app.http.access.ApiRole;
import io.weighbridge.app.operate.letter.DeadLetters;
import io.weighbridge.app.operate.letter.Redrive;
import io.weighbridge.app.operate.letter.Redriver;
import java.util.ArrayList;
import java.util.List;

/** Records that could not be processed, the last first. Each can be written to its topic again, once what was wrong is mended. */
final class DeadLetterRoutes implements Routes {

    private final LivePicture picture;
    private final Cluster cluster;
    private final Writes writes;

    DeadLetterRoutes(LivePicture picture, Cluster cluster, Writes writes) {
        this.picture = picture;
        this.cluster = cluster;
        this.writes = writes;
    }

    @Override
    public void mount(RoutesConfig routes) {
        routes.get(ROOT + "/dead-letters", this::list, ApiRole.VIEWER);
        routes.get(ROOT + "/dead-letters/{id}", this::one, ApiRole.VIEWER);
        routes.post(ROOT + "/dead-letters/{id}/redrive", this::redrive, ApiRole.ADMIN);
    }

    private void list(Context context) {
        var query = Query.of(context);
        var page = picture.deadLetters(query.limit(), query.after());
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        var letters = body.putArray("deadLetters");
        page.rows().forEach(letter -> letters.add(letter.json()));
        body.put("total", picture.deadLetterCount());
        body.put("next", page.next().map(RowKey::cursor).orElse(null));
        Responses.json(context, body);
    }

    private void one(Context context) {
        Query.none(context);
        Responses.tagged(
                context,
                Found.in(context, "dead letter", "id", picture::deadLetter).json());
    }

    private void redrive(Context context) {
        Query.none(context);
        DeadLetterRow row = Found.in(context, "dead letter", "id", picture::deadLetter);
        String id = row.id();
        var ends = new ArrayList<Redrive>();
        writes.attempt(() -> redrive(id, ends));
        Redrive end = ends.get(0);
        if (end.status() != Redrive.Status.REDRIVEN) {
            var status = end.status() == Redrive.Status.GONE ? HttpStatus.GONE : HttpStatus.CONFLICT;
            throw new ProblemException(status, "dead letter " + id + ": " + end.detail());
        }
        Responses.json(context, HttpStatus.ACCEPTED, row.redriven(writes.now()).json());
    }

    private void redrive(String id, List<Redrive> ends) {
        try (var redriver = Redriver.open(cluster)) {
            redriver.redrive(DeadLetters.read(cluster), List.of(id), false, ends::add);
        } catch (FeedException e) {
            throw new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, e.getMessage());
        }
    }
}
