package io.weighbridge.hasher;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weighbridge.hash.ModelHasher;
import io.weighbridge.hasher.fetch.Fetcher;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.schemas.avro.ModelFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Scans the file at an address, in a JVM of its own: what takes too much memory fails. */
final class StreamedScan {

    /** What the line with the answer begins with: the JVM may add remarks. */
    static final String MARK = "scan ";

    private StreamedScan() {}

    /** @param arguments the address, and a folder for the spool */
    public static void main(String[] arguments) throws Exception {
        var settings = HasherStage.settings(
                Path.of(arguments[1]),
                Map.of(
                        "weighbridge.fetch.allow.private.addresses", "true",
                        "weighbridge.fetch.max.bytes", "107374182400",
                        "weighbridge.fetch.spool.max.bytes", "1048576",
                        "weighbridge.scan.deadline", "PT5H"));
        try (var fetcher = Fetcher.open(settings.fetch())) {
            var models = new ModelScanner(ReadLimits.STANDARD, ModelHasher.standard());
            var metrics = new HasherMetrics(new SimpleMeterRegistry());
            var scanner = new RequestScanner(fetcher, models::scan, settings, metrics, System::nanoTime);
            var file =
                    ModelFile.newBuilder().setPath("large").setUrl(arguments[0]).build();
            var scan = scanner.scan(List.of(file), Share.LIVE).files().get(0);
            System.out.println(MARK + scan.getOutcome() + " " + scan.getReason() + " " + scan.getSha256() + " "
                    + scan.getParameters());
        }
    }
}
