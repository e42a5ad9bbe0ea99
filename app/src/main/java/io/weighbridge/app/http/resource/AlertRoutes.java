package io.weighbridge.app.http.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.weighbridge.alerting.CaseJson;
import io.weighbridge.app.feed.LivePicture;
import io.weighbridge.app.feed.cases.CaseFilter;
import io.weighbridge.app.feed.cases.CaseGroup;
import io.weighbridge.app.feed.cases.CasePlace;
import io.weighbridge.app.feed.cases.CaseRow;
import io.weighbridge.app.feed.cases.CaseRowJson;
import io.weighbridge.app.feed.cases.HeldFilter;
import io.weighbridge.app.http.Etag;
import io.weighbridge.app.http.Parameters;
import io.weighbridge.app.http.Query;
import io.weighbridge.app.http.Responses;
import io.weighbridge.app.http.Routes;
import io.weighbridge.app.http.access.ApiRole;
import io.weighbridge.schemas.avro.InfringementCase;
import java.util.Set;

/** Cases: lists, counts and groups of them, one in full, and what happened to it. */
final class AlertRoutes implements Routes {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST_IN_FULL = 500;
    private static final int MOST_ROWS = 1_000;

    private enum View {
        FULL,
        ROW
    }

    private final LivePicture picture;

    AlertRoutes(LivePicture picture) {
        this.picture = picture;
    }

    @Override
    public void mount(RoutesConfig routes) {
        routes.get(ROOT + "/alerts", this::list, ApiRole.VIEWER);
        routes.get(ROOT + "/alerts/counts", this::counts, ApiRole.VIEWER);
        routes.get(ROOT + "/alerts/groups", this::groups, ApiRole.VIEWER);
        routes.get(ROOT + "/alerts/{alertId}", this::one, ApiRole.VIEWER);
        routes.get(ROOT + "/alerts/{alertId}/timeline", this::timeline, ApiRole.VIEWER);
    }

    private void list(Context context) {
        var parameters = Parameters.of(context, CaseParameters.filtersAnd("sort", "view", "limit", "cursor"));
        var filter = CaseParameters.filter(parameters, HeldFilter.NONE);
        var order = CaseParameters.order(parameters);
        var view = parameters
                .parsed(
                        "view",
                        "full or row",
                        text -> text.equals("row") ? View.ROW : text.equals("full") ? View.FULL : null)
                .orElse(View.FULL);
        int limit = parameters.count("limit", 1, view == View.ROW ? MOST_ROWS : MOST_IN_FULL, DEFAULT_LIMIT);
        var page = picture.cases().page(filter, order, limit, CaseParameters.after(parameters, order));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        var alerts = body.putArray("alerts");
        for (CaseRow row : page.rows()) {
            if (view == View.ROW) {
                alerts.add(CaseRowJson.of(row));
            } else {
                picture.caseOf(row.alertId()).map(CaseJson::of).ifPresent(alerts::add);
            }
        }
        body.put("total", page.total());
        body.put("leftOut", picture.cases().leftOut());
        body.put("next", page.next().map(CasePlace::cursor).orElse(null));
        Responses.json(context, body);
    }

    private void counts(Context context) {
        var parameters = Parameters.of(context, CaseParameters.FILTERS);
        ObjectNode body = CaseRowJson.of(picture.cases().counts(CaseParameters.filter(parameters, HeldFilter.ANY)));
        Responses.tagged(context, body.put("leftOut", picture.cases().leftOut()));
    }

    private void groups(Context context) {
        var parameters = Parameters.of(context, CaseParameters.filtersAnd("by", "limit", "cursor"));
        CaseFilter filter = CaseParameters.filter(parameters, HeldFilter.NONE);
        var by = parameters
                .parsed(
                        "by",
                        "protected, uploader or owner",
                        text -> CaseGroup.By.of(text).orElse(null))
                .orElse(CaseGroup.By.PROTECTED);
        int limit = parameters.count("limit", 1, MOST_ROWS, DEFAULT_LIMIT);
        var after = parameters.parsed("cursor", "a cursor from an earlier page", GroupCursor::of);
        var all = picture.cases().groups(filter, by);
        var rest = all.stream()
                .filter(group -> after.isEmpty() || after.get().isBefore(group))
                .toList();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        var groups = body.putArray("groups");
        rest.stream().limit(limit).map(CaseRowJson::of).forEach(groups::add);
        body.put("total", all.size());
        body.put("next", rest.size() > limit ? GroupCursor.after(rest.get(limit - 1)) : null);
        Responses.json(context, body);
    }

    private void one(Context context) {
        Query.none(context);
        InfringementCase known = Found.in(context, "alert", "alertId", picture::caseOf);
        Responses.tagged(context, Etag.ofVersion(known.getVersion()), CaseJson.of(known));
    }

    private void timeline(Context context) {
        Parameters.of(context, Set.of());
        InfringementCase known = Found.in(context, "alert", "alertId", picture::caseOf);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("events", Timeline.of(known));
        body.put("revisionCount", known.getRevisionCount());
        body.put("decisionCount", known.getDecisionCount());
        Responses.tagged(context, body);
    }
}
