package io.weighbridge.app.http.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.weighbridge.alerting.CaseJson;
import io.weighbridge.alerting.Suppressions;
import io.weighbridge.app.feed.LivePicture;
import io.weighbridge.app.http.Parameters;
import io.weighbridge.app.http.Query;
import io.weighbridge.app.http.Responses;
import io.weighbridge.app.http.Routes;
import io.weighbridge.schemas.avro.Suppression;
import java.time.Clock;
import java.util.Set;

/** What nobody is to be told of, newest first, and how many cases each covers. */
final class SuppressionRoutes implements Routes {

    private final LivePicture picture;
    private final Clock clock;

    SuppressionRoutes(LivePicture picture, Clock clock) {
        this.picture = picture;
        this.clock = clock;
    }

    @Override
    public void mount(RoutesConfig routes) {
        routes.get(ROOT + "/suppressions", this::list);
        // Ids hold slashes.
        routes.get(ROOT + "/suppressions/<id>", this::one);
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

    ObjectNode json(Suppression known) {
        return CaseJson.of(known)
                .put("isExpired", Suppressions.isExpired(known, clock.instant()))
                .put("covered", picture.cases().coveredBy(known.getId()));
    }
}
