package io.weighbridge.hasher;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weighbridge.hasher.fetch.Fetcher;
import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.Siblings;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestScannerTest {

    private final AtomicLong nanos = new AtomicLong();
    private final List<Duration> limits = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void shouldNotBeginFilesAfterTheDeadline() throws Exception {
        var settings = HasherStage.settings(folder, Map.of("weighbridge.scan.deadline", "PT10S"));
        try (var fetcher = Fetcher.open(settings.fetch())) {
            var scanner = new RequestScanner(
                    fetcher,
                    this::scanForSixSeconds,
                    settings,
                    new HasherMetrics(new SimpleMeterRegistry()),
                    nanos::get);
            var report = scanner.scan(List.of(file("a"), file("b"), file("c")), Share.LIVE);

            assertThat(limits).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(4));
            assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
            assertThat(report.took()).isEqualTo(Duration.ofSeconds(12));
            assertThat(report.files().get(2).getOutcome()).isEqualTo(Outcome.TIMED_OUT);
            assertThat(report.files().get(2).getReason())
                    .isEqualTo("not begun by the deadline; see weighbridge.scan.deadline");
        }
    }

    private FileScan scanForSixSeconds(ByteRange file, String path, Duration limit, Siblings siblings) {
        nanos.addAndGet(Duration.ofSeconds(6).toNanos());
        limits.add(limit);
        return FileScan.newBuilder()
                .setPath(path)
                .setOutcome(Outcome.HASHED)
                .setCodes(List.of())
                .build();
    }

    private ModelFile file(String name) throws Exception {
        var file = Files.writeString(folder.resolve(name), name);
        return ModelFile.newBuilder()
                .setPath(name)
                .setUrl(file.toUri().toString())
                .build();
    }
}
