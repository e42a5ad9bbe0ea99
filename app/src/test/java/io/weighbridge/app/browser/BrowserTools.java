package io.weighbridge.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The browser and what drives it, where this machine has them. {@code WEIGHBRIDGE_REQUIRE_BROWSER=true} turns their absence into a failure. */
record BrowserTools(Path chromium, Path node, Path npm) {

    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");

    /** Skips the calling test, and says so on standard error, if one is missing. */
    static BrowserTools required() {
        var chromium = BROWSERS.stream()
                .map(BrowserTools::find)
                .flatMap(Optional::stream)
                .findFirst();
        var node = find("node");
        var npm = find("npm");
        if (chromium.isPresent() && node.isPresent() && npm.isPresent()) {
            return new BrowserTools(chromium.get(), node.get(), npm.get());
        }
        String message =
                "SKIPPED: the dashboard was not tried in a browser; install chromium, nodejs (18 or later) and npm";
        System.err.println("DashboardBrowserTest " + message);
        assertThat(System.getenv("WEIGHBRIDGE_REQUIRE_BROWSER")).as(message).isNotEqualTo("true");
        Assumptions.abort(message);
        throw new AssertionError("not reached");
    }

    /** Installs what the lock file names into the folder. */
    void install(Path folder) throws IOException, InterruptedException {
        var install = new ProcessBuilder(npm.toString(), "ci", "--no-audit", "--no-fund", "--ignore-scripts")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String told = new String(install.getInputStream().readAllBytes());
        assertThat(install.waitFor()).as("npm ci: " + told).isZero();
    }

    private static Optional<Path> find(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
