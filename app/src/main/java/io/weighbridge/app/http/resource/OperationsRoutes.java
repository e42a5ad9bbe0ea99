package io.weighbridge.app.http.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.weighbridge.app.client.GroupLag;
import io.weighbridge.app.client.GroupState;
import io.weighbridge.app.client.Groups;
import io.weighbridge.app.feed.LiveFeed;
import io.weighbridge.app.http.Health;
import io.weighbridge.app.http.Query;
import io.weighbridge.app.http.Responses;
import io.weighbridge.app.http.Routes;
import io.weighbridge.app.http.access.ApiRole;
import io.weighbridge.app.life.Role;
import java.util.TreeMap;

/**
 * How the stages fare: the state of each role, by this process if it runs the role and by its consumer group if not, how far groups are
 * behind, dead letters, and the feed that these answers come from.
 */
final class OperationsRoutes implements Routes {

    private final LiveFeed feed;
    private final Groups groups;
    private final Health health;

    OperationsRoutes(LiveFeed feed, Groups groups, Health health) {
        this.feed = feed;
        this.groups = groups;
        this.health = health;
    }

    @Override
    public void mount(RoutesConfig routes) {
        routes.get(ROOT + "/operations", this::operations, ApiRole.VIEWER);
    }

    private void operations(Context context) {
        Query.none(context);
        var snapshot = groups.snapshot();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("at", snapshot.at().toString());
        body.put("problem", snapshot.problem());
        body.set("roles", roles(snapshot));
        var lags = body.putArray("lag");
        snapshot.lags().forEach(lag -> lags.add(json(lag)));
        ObjectNode totals = body.putObject("totals");
        var byGroup = new TreeMap<String, Long>();
        snapshot.lags().forEach(lag -> byGroup.merge(lag.group(), lag.lag(), Long::sum));
        byGroup.forEach(totals::put);
        body.put("deadLetters", feed.picture().deadLetterCount());
        body.set("feed", feed());
        Responses.json(context, body);
    }

    private ArrayNode roles(Groups.Snapshot snapshot) {
        ArrayNode roles = JsonNodeFactory.instance.arrayNode();
        for (String role : Role.ids()) {
            var group = snapshot.states().stream()
                    .filter(known -> known.group().equals(groups.ofRole(role)))
                    .findFirst();
            String here = health.states().get(role);
            ObjectNode json = roles.addObject();
            json.put("role", role);
            json.put("state", here != null ? here : group.map(GroupState::state).orElse(null));
            json.put("isHere", here != null);
            json.put("groupState", group.map(GroupState::state).orElse(null));
            json.put("members", group.map(GroupState::members).orElse(null));
            ObjectNode restore = json.putObject("restore");
            health.restoring(role)
                    .forEach((store, progress) -> restore.putObject(store)
                            .put("restored", progress.restored())
                            .put("toRestore", progress.toRestore()));
        }
        return roles;
    }

    private static ObjectNode json(GroupLag lag) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("group", lag.group())
                .put("topic", lag.topic())
                .put("partition", lag.partition())
                .put("lag", lag.lag());
    }

    private ObjectNode feed() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("since", feed.since().toString())
                .put("caughtUp", feed.isCaughtUp())
                .put("problem", feed.problem().orElse(null))
                .put("undecodable", feed.undecodable())
                .put("cases", feed.picture().cases().size())
                .put("casesLeftOut", feed.picture().cases().leftOut());
    }
}
