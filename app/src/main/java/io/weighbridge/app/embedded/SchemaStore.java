package io.weighbridge.app.embedded;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.kafka.common.KafkaException;

/** The registry's rules. Each change is checked, written to the log, and known only then; one at a time. */
final class SchemaStore {

    private final SchemaLog log;
    private final SchemaTable table = new SchemaTable();

    SchemaStore(SchemaLog log) {
        this.log = log;
        log.replay((key, value) -> new SchemaEntry(key, value).applyTo(table));
    }

    /** The id of the schema, now a version of the subject. */
    synchronized int register(String subject, String text) {
        Schema schema = parse(text);
        Optional<SchemaVersion> known = find(subject, schema.toString(), false);
        if (known.isPresent()) {
            return known.get().id();
        }
        List<String> problems = problems(subject, schema, table.versionsOf(subject, false));
        if (!problems.isEmpty()) {
            throw RegistryError.incompatible(String.join("; ", problems));
        }
        int id = table.idOf(schema.toString()).orElse(table.highestId() + 1);
        var version = new SchemaVersion(subject, table.nextVersionOf(subject), id, schema.toString(), false);
        commit(SchemaEntry.of(version), id);
        return id;
    }

    /** The version of the subject that has this schema. */
    synchronized SchemaVersion lookUp(String subject, String text, boolean withDeleted) {
        versions(subject, withDeleted);
        return find(subject, parse(text).toString(), withDeleted)
                .orElseThrow(() -> RegistryError.schemaNotFound("of the request in subject '" + subject + "'"));
    }

    /** Oldest first, at least one. */
    synchronized List<SchemaVersion> versions(String subject, boolean withDeleted) {
        List<SchemaVersion> versions = table.versionsOf(subject, withDeleted);
        if (versions.isEmpty()) {
            throw RegistryError.subjectNotFound(subject);
        }
        return versions;
    }

    /** @param version its number, or {@code latest} */
    synchronized SchemaVersion version(String subject, String version, boolean withDeleted) {
        int number = versionNumber(version);
        List<SchemaVersion> versions = versions(subject, withDeleted);
        return number < 0
                ? versions.get(versions.size() - 1)
                : versions.stream()
                        .filter(candidate -> candidate.version() == number)
                        .findFirst()
                        .orElseThrow(() -> RegistryError.versionNotFound(version));
    }

    /** Everything with this id, deleted or not: records that carry it may still be there. */
    synchronized List<SchemaVersion> withId(int id) {
        List<SchemaVersion> found =
                table.all().filter(version -> version.id() == id).toList();
        if (found.isEmpty()) {
            throw RegistryError.schemaNotFound(String.valueOf(id));
        }
        return found;
    }

    synchronized TreeSet<String> subjects(boolean withDeleted) {
        var subjects = new TreeSet<String>();
        table.all()
                .filter(version -> withDeleted || !version.isDeleted())
                .forEach(version -> subjects.add(version.subject()));
        return subjects;
    }

    synchronized int highestId() {
        return table.highestId();
    }

    /** What would speak against the schema as the next version; only the given version is asked if there is one. */
    synchronized List<String> problems(String subject, String text, Optional<String> version) {
        Schema schema = parse(text);
        return problems(
                subject,
                schema,
                version.map(number -> List.of(version(subject, number, false)))
                        .orElseGet(() -> table.versionsOf(subject, false)));
    }

    /** Hides all versions, or forgets those that are hidden. */
    synchronized List<Integer> deleteSubject(String subject, boolean isPermanent) {
        List<SchemaVersion> all = versions(subject, true);
        List<SchemaVersion> live = table.versionsOf(subject, false);
        if (isPermanent && !live.isEmpty()) {
            throw RegistryError.subjectNotYetDeleted(subject);
        }
        if (!isPermanent && live.isEmpty()) {
            throw RegistryError.subjectAlreadyDeleted(subject);
        }
        List<SchemaVersion> doomed = isPermanent ? all : live;
        doomed.forEach(version -> delete(version, isPermanent));
        return doomed.stream().map(SchemaVersion::version).toList();
    }

    synchronized int deleteVersion(String subject, String number, boolean isPermanent) {
        SchemaVersion version = version(subject, number, true);
        if (isPermanent && !version.isDeleted()) {
            throw RegistryError.versionNotYetDeleted(subject, version.version());
        }
        if (!isPermanent && version.isDeleted()) {
            throw RegistryError.versionAlreadyDeleted(subject, version.version());
        }
        delete(version, isPermanent);
        return version.version();
    }

    /** The level that holds for the subject, its own or the global one. */
    synchronized Compatibility effectiveLevel(String subject) {
        return table.effectiveLevelOf(subject);
    }

    synchronized Optional<Compatibility> ownLevel(String subject) {
        return table.levelOf(subject);
    }

    /** @param level empty to fall back to the global one */
    synchronized void setLevel(String subject, Optional<Compatibility> level) {
        commit(SchemaEntry.ofLevel(subject, level), 0);
    }

    private void delete(SchemaVersion version, boolean isPermanent) {
        if (isPermanent) {
            commit(SchemaEntry.ofHighestId(table.highestId()), 0);
            commit(SchemaEntry.removing(version), 0);
        } else {
            commit(SchemaEntry.of(version.deleted()), 0);
        }
    }

    /** An id that was perhaps written is spent, so that no later schema can have it as well. */
    private void commit(SchemaEntry entry, int spentId) {
        try {
            log.append(entry.key(), entry.value());
        } catch (KafkaException e) {
            table.keepIdsAbove(spentId);
            throw RegistryError.storeFailed(e.getMessage());
        }
        entry.applyTo(table);
    }

    private List<String> problems(String subject, Schema schema, List<SchemaVersion> earlier) {
        Function<SchemaVersion, Schema> parsed = SchemaVersion::parsed;
        return table.effectiveLevelOf(subject)
                .problems(schema, earlier.stream().map(parsed).toList());
    }

    private Optional<SchemaVersion> find(String subject, String schema, boolean withDeleted) {
        return table.versionsOf(subject, withDeleted).stream()
                .filter(version -> version.schema().equals(schema))
                .reduce((older, newer) -> newer);
    }

    private static int versionNumber(String version) {
        if (version.equals("latest") || version.equals("-1")) {
            return -1;
        }
        try {
            int number = Integer.parseInt(version);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw RegistryError.invalidVersion(version);
    }

    private static Schema parse(String text) {
        try {
            return new Schema.Parser().parse(text);
        } catch (AvroRuntimeException e) {
            throw RegistryError.invalidSchema(e.getMessage());
        }
    }
}
