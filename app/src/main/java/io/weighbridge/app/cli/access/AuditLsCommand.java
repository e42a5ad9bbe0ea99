package io.weighbridge.app.cli.access;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.Table;
import io.weighbridge.app.cli.UsageException;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.schemas.avro.AuditEntry;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code audit ls}: the requests that changed something, tried to, or were refused. */
@Command(
        name = "ls",
        mixinStandardHelpOptions = true,
        header = "List the requests that changed something, tried to, or were refused for want of rights, newest last.",
        description = {
            "",
            "A request is written down before it is met, with the status 102, and again with that of its answer. One that "
                    + "stays at 102 was never answered: the server ended meanwhile.",
            ""
        })
final class AuditLsCommand implements Runnable {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "Only from then on: a time such as 2026-01-31T12:00:00Z, or a duration before now such as PT8H.")
    private String since;

    @Option(names = "--actor", paramLabel = "NAME", description = "Only of this token.")
    private String actor;

    @Override
    public void run() {
        Instant start = since == null ? Instant.MIN : start();
        var connected = Cluster.connect(cluster.settings());
        var entries = connected.reader().readAll(connected.topics().apiAudit()).stream()
                .map(entry -> entry.value())
                .toList();
        List<AuditEntry> wanted = lastOfEach(entries).stream()
                .filter(entry -> !entry.getAt().isBefore(start))
                .filter(entry -> actor == null || actor.equals(entry.getActor()))
                .sorted(Comparator.comparing(AuditEntry::getAt))
                .toList();
        if (output.isJson()) {
            wanted.forEach(entry -> output.print(json(entry), () -> ""));
        } else {
            output.say(wanted.isEmpty() ? "No request." : table(wanted).toString());
        }
    }

    /** Of the two entries of a request the one with its answer, in whichever order they were read. */
    static Collection<AuditEntry> lastOfEach(List<AuditEntry> entries) {
        var byRequest = new TreeMap<String, AuditEntry>();
        entries.forEach(entry -> byRequest.merge(
                entry.getId(), entry, (one, other) -> one.getStatus() >= other.getStatus() ? one : other));
        return byRequest.values();
    }

    private Instant start() {
        try {
            return since.startsWith("P") ? Instant.now().minus(Duration.parse(since)) : Instant.parse(since);
        } catch (DateTimeException | ArithmeticException e) {
            throw new UsageException(
                    "--since: expected a time such as 2026-01-31T12:00:00Z or a duration such as PT8H, got " + since);
        }
    }

    private static Table table(List<AuditEntry> entries) {
        var table = new Table("at", "actor", "role", "method", "path", "status", "from", "request");
        entries.forEach(entry -> table.row(
                entry.getAt().toString(),
                entry.getActor(),
                entry.getRole(),
                entry.getMethod(),
                entry.getPath(),
                Integer.toString(entry.getStatus()),
                entry.getRemote(),
                entry.getId()));
        return table;
    }

    private static ObjectNode json(AuditEntry entry) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", entry.getId())
                .put("at", entry.getAt().toString())
                .put("actor", entry.getActor())
                .put("role", entry.getRole())
                .put("method", entry.getMethod())
                .put("path", entry.getPath())
                .put("status", entry.getStatus())
                .put("remote", entry.getRemote())
                .put("idempotencyKey", entry.getIdempotencyKey());
    }
}
