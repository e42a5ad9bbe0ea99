package io.weighbridge.app.operate.reset;

import io.weighbridge.app.life.Role;
import java.util.List;

/** What becomes of outcomes, alerts and cases after a role was reset, told before it is. */
public final class Aftermath {

    private static final List<String> HASHER = List.of(
            "Every upload and protection that its topics still hold is fetched, read and hashed again; what was "
                    + "pending is found there, too.",
            "Each gets one more outcome under the same id. The later one counts: a file that is gone by now "
                    + "becomes UNREACHABLE.",
            "Codes are the same bits as before; the matcher raises their alerts again under the same ids, and no "
                    + "case counts them twice.",
            "What is older than the retention of the topics is not scanned again, and keeps the outcome that it has.");

    private static final List<String> MATCHER = List.of(
            "The index is made again from the codes that its topics still hold, and every match is raised again, "
                    + "as the present settings have it.",
            "Alert ids are the same, so a case takes a repeated match for the one it has; matches of a stricter "
                    + "policy that is gone stay in their cases.",
            "A case remembers its last 1,024 matches; of a case with more than that, older ones are counted once more.",
            "Every sink reads the alert topic, so receivers are told again, under the same idempotency keys.",
            "Uploads older than the retention of model-codes are in the index no more: a model that is protected "
                    + "later does not find them.",
            "What counts as a flood is counted from nothing: quarantined models are judged anew.");

    private static final List<String> ALERTING = List.of(
            "Cases are made again from the alerts that the topics still hold and from all decisions, under the "
                    + "same ids.",
            "A case whose alerts are older than the retention is not made again: its last state stays in "
                    + "infringement-cases, and decisions on it become dead letters.",
            "Alerts and decisions are read side by side; a decision that comes before its alert becomes a dead "
                    + "letter, which `weighbridge dlq redrive` brings back.",
            "Versions and times first seen begin anew. Sinks keep their places: nobody is told again.");

    private Aftermath() {}

    /** A line each. */
    public static List<String> of(Role role) {
        return switch (role) {
            case HASHER -> HASHER;
            case MATCHER -> MATCHER;
            case ALERTING -> ALERTING;
        };
    }
}
