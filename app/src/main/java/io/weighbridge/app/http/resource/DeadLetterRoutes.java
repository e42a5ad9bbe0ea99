package io.weighbridge.app.http.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.feed.DeadLetterRow;
import io.weighbridge.app.feed.Entry;
import io.weighbridge.app.feed.FeedException;
import io.weighbridge.app.feed.LivePicture;
import io.weighbridge.app.feed.RowKey;
import io.weighbridge.app.http.ProblemException;
import io.weighbridge.app.http.Query;
import io.weighbridge.app.http.Responses;
import io.weighbridge.app.http.Routes;
import io.weighbridge.app.http.access.ApiRole;
import io.weighbridge.schemas.DeadLetterHandler;
import io.weighbridge.schemas.avro.DeadLetter;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

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
        page.rows().forEach(letter -> letters.add(json(letter)));
        body.put("total", picture.deadLetterCount());
        body.put("next", page.next().map(RowKey::cursor).orElse(null));
        Responses.json(context, body);
    }

    private void one(Context context) {
        Query.none(context);
        Responses.tagged(context, json(Found.in(context, "dead letter", "id", picture::deadLetter)));
    }

    private void redrive(Context context) {
        Query.none(context);
        DeadLetterRow row = Found.in(context, "dead letter", "id", picture::deadLetter);
        boolean isOurs =
                cluster.topics().all().stream().anyMatch(topic -> topic.name().equals(row.topic()));
        if (!isOurs) {
            throw new ProblemException(HttpStatus.CONFLICT, "topic " + row.topic() + ": expected one of the product's");
        }
        var raw = raw(row).orElseThrow(
                        () -> new ProblemException(HttpStatus.GONE, "dead letter " + row.id() + ": not kept any more"));
        DeadLetter letter = cluster.reader()
                .decode(cluster.topics().deadLetters(), raw)
                .map(Entry::value)
                .orElseThrow(() -> new ProblemException(HttpStatus.CONFLICT, "dead letter: cannot be decoded"));
        if (DeadLetterHandler.isCut(letter)) {
            throw new ProblemException(
                    HttpStatus.CONFLICT, "dead letter " + row.id() + ": holds a part of its record only");
        }
        writes.publish(publisher -> publisher.redrive(letter, raw.headers()));
        Responses.json(context, HttpStatus.ACCEPTED, json(row));
    }

    private Optional<ConsumerRecord<byte[], byte[]>> raw(DeadLetterRow row) {
        try {
            return cluster.reader()
                    .readAt(cluster.topics().deadLetters().name(), row.letterPartition(), row.letterOffset());
        } catch (FeedException e) {
            throw new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, e.getMessage());
        }
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
