package io.weighbridge.app.http.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.weighbridge.alerting.AlertRules;
import io.weighbridge.alerting.CaseJson;
import io.weighbridge.alerting.Suppressions;
import io.weighbridge.app.client.Publisher;
import io.weighbridge.app.feed.LivePicture;
import io.weighbridge.app.http.Body;
import io.weighbridge.app.http.Parameters;
import io.weighbridge.app.http.ProblemException;
import io.weighbridge.app.http.Query;
import io.weighbridge.app.http.Responses;
import io.weighbridge.app.http.Routes;
import io.weighbridge.app.http.access.Access;
import io.weighbridge.app.http.access.ApiRole;
import io.weighbridge.schemas.avro.Suppression;
import io.weighbridge.schemas.avro.Verdict;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** What nobody is to be told of, newest first, and how many cases each covers. What people make is published, and can be lifted. */
final class SuppressionRoutes implements Routes {

    private static final int LONGEST_NAME = 500;
    private static final int LONGEST_REASON = 4_000;

    private final LivePicture picture;
    private final Writes writes;

    SuppressionRoutes(LivePicture picture, Writes writes) {
        this.picture = picture;
        this.writes = writes;
    }

    @Override
    public void mount(RoutesConfig routes) {
        routes.get(ROOT + "/suppressions", this::list, ApiRole.VIEWER);
        // Ids hold slashes: they come encoded.
        routes.get(ROOT + "/suppressions/{id}", this::one, ApiRole.VIEWER);
        routes.post(ROOT + "/suppressions", this::make, ApiRole.ANALYST);
        routes.delete(ROOT + "/suppressions/{id}", this::lift, ApiRole.ANALYST);
    }

    private void list(Context context) {
        String prefix = Parameters.of(context, Set.of("kind"))
                .parsed("kind", "rule or case", kind -> Set.of("rule", "case").contains(kind) ? kind + "/" : null)
                .orElse("");
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        var list = body.putArray("suppressions");
        picture.suppressions(known -> known.getId().startsWith(prefix)).forEach(known -> list.add(json(known)));
        Responses.tagged(context, body);
    }

    private void one(Context context) {
        Query.none(context);
        Responses.tagged(context, json(Found.in(context, "suppression", "id", picture::suppression)));
    }

    private void make(Context context) {
        Query.none(context);
        var body = Body.of(context);
        var made = suppression(body, Access.actor(context).name());
        body.check();
        writes.publish(publisher -> publisher.suppress(made));
        boolean isShown = writes.await(() -> picture.suppression(made.getId())).isPresent();
        context.header("Location", ROOT + "/suppressions/" + URLEncoder.encode(made.getId(), StandardCharsets.UTF_8));
        Responses.json(context, isShown ? HttpStatus.CREATED : HttpStatus.ACCEPTED, json(made));
    }

    private Suppression suppression(Body body, String author) {
        var scope = body.part("scope");
        var made = Suppression.newBuilder()
                .setId(AlertRules.RULE + Publisher.newId())
                .setAlertId(scope.optionalText("alertId", LONGEST_NAME).orElse(null))
                .setHub(scope.optionalText("hub", LONGEST_NAME).orElse(null))
                .setRepo(scope.optionalText("repo", LONGEST_NAME).orElse(null))
                .setOwner(scope.optionalText("owner", LONGEST_NAME).orElse(null))
                .setProtectedModelId(
                        scope.optionalText("protectedModelId", LONGEST_NAME).orElse(null))
                .setVerdict(body.optionalOne("verdict", Verdict.class).orElse(null))
                .setAuthor(author)
                .setReason(body.text("reason", LONGEST_REASON))
                .setCreatedAt(writes.now())
                .setExpiresAt(body.optionalTime("expiresAt").orElse(null))
                .build();
        boolean isUnbounded = made.getAlertId() == null
                && made.getHub() == null
                && made.getRepo() == null
                && made.getOwner() == null
                && made.getProtectedModelId() == null;
        if (isUnbounded) {
            body.wrong("scope", "expected at least one field that is not null: it would cover everything");
        }
        if (Suppressions.isExpired(made, writes.now())) {
            body.wrong("expiresAt", "expected a time to come, got " + made.getExpiresAt());
        }
        return made;
    }

    private void lift(Context context) {
        Query.none(context);
        Suppression known = Found.in(context, "suppression", "id", picture::suppression);
        if (!known.getId().startsWith(AlertRules.RULE)) {
            throw new ProblemException(
                    HttpStatus.CONFLICT, known.getId() + ": made by a decision on its case, and lifted by another one");
        }
        writes.publish(publisher -> publisher.lift(known.getId()));
        boolean isGone = writes.await(
                        () -> picture.suppression(known.getId()).isPresent() ? Optional.empty() : Optional.of(true))
                .isPresent();
        context.status(isGone ? HttpStatus.NO_CONTENT : HttpStatus.ACCEPTED);
    }

    private ObjectNode json(Suppression known) {
        return CaseJson.of(known)
                .put("isExpired", Suppressions.isExpired(known, writes.now()))
                .put("covered", picture.cases().coveredBy(known.getId()));
    }
}
