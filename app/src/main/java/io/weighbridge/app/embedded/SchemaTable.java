package io.weighbridge.app.embedded;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All versions of all subjects and the levels they must keep: what a replay of the log comes to. A few hundred at most, so it is scanned. */
final class SchemaTable {

    /** Stands for all subjects that have no level of their own. */
    static final String GLOBAL = "";

    private final NavigableMap<String, NavigableMap<Integer, SchemaVersion>> subjects = new TreeMap<>();
    private final Map<String, Compatibility> levels = new HashMap<>();
    private int highestId;

    void put(SchemaVersion version) {
        subjects.computeIfAbsent(version.subject(), subject -> new TreeMap<>()).put(version.version(), version);
        keepIdsAbove(version.id());
    }

    void remove(String subject, int version) {
        subjects.getOrDefault(subject, new TreeMap<>()).remove(version);
        subjects.values().removeIf(Map::isEmpty);
    }

    void putLevel(String subject, Optional<Compatibility> level) {
        level.ifPresentOrElse(value -> levels.put(subject, value), () -> levels.remove(subject));
    }

    /** Ids are never given twice: records that carry them may outlive their schemas. */
    void keepIdsAbove(int id) {
        highestId = Math.max(highestId, id);
    }

    int highestId() {
        return highestId;
    }

    Stream<SchemaVersion> all() {
        return subjects.values().stream().flatMap(versions -> versions.values().stream());
    }

    /** Oldest first; empty if there is no such subject. */
    List<SchemaVersion> versionsOf(String subject, boolean withDeleted) {
        return subjects.getOrDefault(subject, new TreeMap<>()).values().stream()
                .filter(version -> withDeleted || !version.isDeleted())
                .toList();
    }

    Optional<SchemaVersion> ofId(int id) {
        return all().filter(version -> version.id() == id).findFirst();
    }

    /** The id that a schema has in any subject. */
    Optional<Integer> idOf(String schema) {
        return all().filter(version -> version.schema().equals(schema))
                .map(SchemaVersion::id)
                .min(Comparator.naturalOrder());
    }

    int nextVersionOf(String subject) {
        NavigableMap<Integer, SchemaVersion> versions = subjects.getOrDefault(subject, new TreeMap<>());
        return versions.isEmpty() ? 1 : versions.lastKey() + 1;
    }

    Optional<Compatibility> levelOf(String subject) {
        return Optional.ofNullable(levels.get(subject));
    }

    /** The level that a new version of the subject is held to. */
    Compatibility effectiveLevelOf(String subject) {
        return levelOf(subject).or(() -> levelOf(GLOBAL)).orElse(Compatibility.BACKWARD);
    }
}
