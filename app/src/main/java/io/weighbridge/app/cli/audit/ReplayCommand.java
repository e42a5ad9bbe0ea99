package io.weighbridge.app.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.UsageException;
import io.weighbridge.app.cli.settings.GivenSettings;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.life.LocalStack;
import io.weighbridge.app.life.Version;
import io.weighbridge.app.progress.ProgressBar;
import io.weighbridge.app.replay.Archive;
import io.weighbridge.app.replay.RecordSource;
import io.weighbridge.app.replay.Replay;
import io.weighbridge.app.replay.ReplayFiles;
import io.weighbridge.app.replay.ReplayInput;
import io.weighbridge.app.replay.ReplayPlan;
import io.weighbridge.app.replay.ReplayResult;
import io.weighbridge.app.replay.SigningKey;
import io.weighbridge.app.replay.TopicSource;
import io.weighbridge.matcher.MatcherSettings;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Utils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code replay}: finds past alerts again. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        header = "Find the alerts of a past range again, and tell how they differ from those raised then.",
        description = {
            "",
            "Reads codes, protected models and alerts from the cluster, or from files that `topics export` made, and runs the "
                    + "matcher over them on a broker of its own: the live system is only read. Writes alerts.jsonl, diff.jsonl (same, "
                    + "held then, changed, missing, new, with reasons) and manifest.json (inputs with offsets and digests, policy, "
                    + "digests of the results). Two replays of one range give the same bytes, however many matchers share the work. "
                    + "With --input uploads, hashers fetch and hash the files of uploads and protected models again, where they are still "
                    + "there; outcomes.jsonl tells which outcomes, bytes or codes are others now.",
            "With another policy it tells what that policy would have changed. Exit code: 0 same, 1 different.",
            "",
            "Example: weighbridge replay --from 2026-11-01T00:00:00Z --to 2026-12-01T00:00:00Z --out november",
            "         weighbridge replay ... --set weighbridge.matcher.false.match.rate=1e-12 --out stricter",
            ""
        })
public final class ReplayCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "TIME",
            description = "First time, such as 2026-11-01T00:00:00Z.")
    private Instant from;

    @Option(names = "--to", required = true, paramLabel = "TIME", description = "Time behind the last.")
    private Instant to;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder for the results; must not exist, or be empty.")
    private Path out;

    @Option(names = "--archive", paramLabel = "DIR", description = "Read the files in this folder, not the cluster.")
    private Path archive;

    @Option(
            names = "--input",
            paramLabel = "codes|uploads",
            defaultValue = "codes",
            description =
                    "What to begin with: the codes of then, or the uploads, whose files are fetched and hashed again."
                            + " Default: ${DEFAULT-VALUE}.")
    private ReplayInput input;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "Settings of the matcher that are to hold instead, a line each.")
    private Path policyFile;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "One such setting.")
    private Map<String, String> policy = new LinkedHashMap<>();

    @Option(names = "--algorithm", paramLabel = "A", description = "Algorithms that raise alerts, such as pri@3.")
    private String algorithms;

    @Option(
            names = "--instances",
            paramLabel = "N",
            defaultValue = "1",
            description = "Instances of each role that share the work. Default: ${DEFAULT-VALUE}.")
    private int instances;

    @Option(
            names = "--sign-key",
            paramLabel = "FILE",
            description = "Private Ed25519 key (PEM) that signs the manifest.")
    private Path signKey;

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireEmpty();
        Optional<SigningKey> key = signKey == null ? Optional.empty() : Optional.of(SigningKey.read(signKey));
        var progress = new ProgressBar(System.err, System.console() != null);
        Path work = out.resolve("work");
        Settings live = live();
        RecordSource source = archive == null ? new TopicSource(Cluster.connect(live)) : new Archive(archive);
        ReplayResult result = new Replay(plan(), live, source, work, progress).run();
        Utils.delete(work.toFile());
        var manifest = ReplayFiles.write(result, out, Version.text(), key);
        output.print(manifest, () -> summary(manifest));
        return result.isSame() ? ExitCode.NO_MATCH : ExitCode.MATCH;
    }

    private String summary(JsonNode manifest) {
        var lines = new ArrayList<String>();
        lines.add("alerts: " + manifest.get("alerts") + " found; " + fates(manifest.get("diff")));
        if (manifest.has("outcomes")) {
            lines.add("outcomes: " + fates(manifest.get("outcomes")));
        }
        lines.add("in " + out);
        return String.join(System.lineSeparator(), lines);
    }

    private static String fates(JsonNode counts) {
        return counts.properties().stream()
                .map(count -> count.getValue() + " "
                        + count.getKey().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
    }

    /** Who replays what this machine's own stack did may read the files that it could. */
    private Settings live() {
        Settings settings = cluster.settings();
        return cluster.isLocalStack(settings)
                ? settings.with(
                        Map.of(LocalStack.FILE_ROOTS, settings.text(LocalStack.FILE_ROOTS, LocalStack.ALL_FILES)))
                : settings;
    }

    private ReplayPlan plan() {
        var given = GivenSettings.ofFile(policyFile);
        policy.forEach((name, value) -> given.put(name, value, "--set"));
        if (algorithms != null) {
            given.put(MatcherSettings.ALGORITHMS, algorithms, "--algorithm");
        }
        try {
            given.settings().check();
            return new ReplayPlan(input, from, to, given.values(), instances);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** A replay that was broken off has left its work there, and goes on. */
    private void requireEmpty() throws IOException {
        if (!Files.exists(out)) {
            return;
        }
        try (var files = Files.list(out)) {
            if (files.anyMatch(file -> !file.getFileName().toString().equals("work"))) {
                throw new UsageException("--out: expected an empty folder or none, got " + out);
            }
        }
    }
}
