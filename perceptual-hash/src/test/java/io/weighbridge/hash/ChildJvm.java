package io.weighbridge.hash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another JVM that runs a class of this module with the options given, and no others. */
final class ChildJvm {

    /** The JDK that runs the tests. */
    static final Path OWN_HOME = Path.of(System.getProperty("java.home"));

    /** Lines of a program's own output begin so: the JVM may add remarks. */
    static final String MARK = "code ";

    private static final List<String> OPTION_VARIABLES =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private final String name;
    private final Process process;

    private ChildJvm(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    static ChildJvm start(Path home, List<String> options, Class<?> main, String... arguments) {
        var command = new ArrayList<String>();
        command.add(home.resolve("bin").resolve("java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-ea", "-cp", placeOf(ModelHasher.class) + System.getProperty("path.separator") + placeOf(main)));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeAll(OPTION_VARIABLES);
        try {
            return new ChildJvm(home.getFileName() + " " + String.join(" ", options), builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(command.toString(), e);
        }
    }

    /** The JDK and its options. */
    String name() {
        return name;
    }

    /** The marked lines of its output, once it has ended; all of the output in an {@link AssertionError} if not with 0. */
    List<String> codes() {
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean hasEnded = process.waitFor(1, TimeUnit.MINUTES);
            if (!hasEnded || process.exitValue() != 0) {
                throw new AssertionError(
                        name + ": expected exit 0, got " + (hasEnded ? process.exitValue() : "none") + "\n" + output);
            }
            return output.lines().filter(line -> line.startsWith(MARK)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(name + ": interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Prints all codes of a model, those of its layers too, as marked lines. */
    static void print(HashResult result) {
        var hashed = (HashResult.Hashed) result;
        hashed.codes().forEach(code -> System.out.println(MARK + code));
        hashed.layers().forEach(layer -> System.out.println(MARK + layer.name() + " " + layer.code()));
        System.out.println(MARK + "quality " + Double.toHexString(hashed.quality()));
    }

    private static Path placeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
