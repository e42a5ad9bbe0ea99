package io.weighbridge.app.http.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.app.feed.ProtectedRow;
import io.weighbridge.app.feed.cases.CaseBook;
import io.weighbridge.app.feed.cases.CaseFilter;
import io.weighbridge.app.feed.cases.CaseRow;
import io.weighbridge.app.feed.cases.CaseRowJson;
import io.weighbridge.app.feed.cases.HeldFilter;
import io.weighbridge.schemas.avro.HeldReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What people would be alerted to if a protected model were live: its cases that are held back. */
final class Preview {

    private static final int MOST_ROWS = 200;
    private static final int MOST_OWNERS = 100;
    private static final int MOST_DISTANCES = 10_000;

    private Preview() {}

    static ObjectNode of(ProtectedRow model, CaseBook cases, Instant now) {
        var held = new HeldFilter(false, EnumSet.allOf(HeldReason.class));
        List<CaseRow> rows = new ArrayList<>();
        cases.forEach(CaseFilter.ofProtected(model.model().getId()).withHeld(held), rows::add);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("mode", model.mode(now).name());
        body.put("wouldAlert", rows.size());
        body.put("uploads", rows.stream().mapToInt(CaseRow::revisionCount).sum());
        putOwners(body, rows);
        var distances = body.putArray("distances");
        rows.stream()
                .limit(MOST_DISTANCES)
                .mapToInt(row -> row.evidence().distanceBits())
                .sorted()
                .forEach(distances::add);
        var list = body.putArray("cases");
        rows.stream().limit(MOST_ROWS).map(CaseRowJson::of).forEach(list::add);
        return body;
    }

    private static void putOwners(ObjectNode body, List<CaseRow> rows) {
        var byOwner = new TreeMap<String, Integer>();
        rows.forEach(row -> byOwner.merge(row.upload().getOwner(), 1, Integer::sum));
        var owners = body.putArray("owners");
        byOwner.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(MOST_OWNERS)
                .forEach(
                        owner -> owners.addObject().put("owner", owner.getKey()).put("cases", owner.getValue()));
    }
}
