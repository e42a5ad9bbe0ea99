package io.weighbridge.app.http.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.alerting.CaseJson;
import io.weighbridge.schemas.avro.CaseDecision;
import io.weighbridge.schemas.avro.InfringementCase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;

/** What happened to a case, the last first: revisions that matched, when they were uploaded, and decisions. */
final class Timeline {

    private record Event(Instant at, ObjectNode json) {}

    private Timeline() {}

    static ArrayNode of(InfringementCase known) {
        var events = new ArrayList<Event>();
        for (int i = 0; i < known.getRevisions().size(); i++) {
            // Cases of before have revisions without times.
            Instant at = i < known.getRevisionTimes().size()
                    ? known.getRevisionTimes().get(i)
                    : known.getFirstSeenAt();
            events.add(new Event(
                    at, event(at, "match").put("revision", known.getRevisions().get(i))));
        }
        for (CaseDecision decision : known.getDecisions()) {
            ObjectNode json = event(decision.getDecidedAt(), "decision");
            json.setAll(CaseJson.of(decision));
            events.add(new Event(decision.getDecidedAt(), json));
        }
        events.sort(Comparator.comparing(Event::at).reversed());
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        events.forEach(event -> list.add(event.json()));
        return list;
    }

    private static ObjectNode event(Instant at, String kind) {
        return JsonNodeFactory.instance.objectNode().put("at", at.toString()).put("kind", kind);
    }
}
