package io.weighbridge.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The same weights give the same bits, whoever compiles the arithmetic and into which instructions. */
class CodesOnEveryJvmTest {

    /** Homes of more JDKs to try, as in a class path. */
    private static final String OTHER_JDKS = "WEIGHBRIDGE_OTHER_JDKS";

    private static final int OLDEST_VERSION = 17;

    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"([0-9]+)[^\"]*\"");

    /** Often enough for every loop to be compiled by the last compiler. */
    private static final String OFTEN = "8";

    @Test
    void shouldBeTheSame() {
        var jvms = new ArrayList<ChildJvm>();
        jvms.add(start(ChildJvm.OWN_HOME, OFTEN));
        jvms.add(start(ChildJvm.OWN_HOME, "1", "-Xint"));
        jvms.add(start(ChildJvm.OWN_HOME, OFTEN, "-XX:TieredStopAtLevel=1"));
        jvms.add(start(ChildJvm.OWN_HOME, OFTEN, "-XX:-TieredCompilation"));
        jvms.add(start(ChildJvm.OWN_HOME, "1", "-Xcomp", "-XX:-TieredCompilation"));
        jvms.add(start(ChildJvm.OWN_HOME, OFTEN, "-XX:+IgnoreUnrecognizedVMOptions", "-XX:UseAVX=0"));
        jvms.add(start(ChildJvm.OWN_HOME, OFTEN, "-XX:+IgnoreUnrecognizedVMOptions", "-XX:MaxVectorSize=16"));
        var others = otherJdks();
        others.forEach(home -> jvms.add(start(home, OFTEN)));
        others.forEach(home -> jvms.add(start(home, OFTEN, "-XX:-TieredCompilation")));

        var expected = jvms.get(0).codes();
        assertThat(expected)
                .as(jvms.get(0).name())
                .hasSize(3 + TestModels.random(1).size() + 1);
        for (var jvm : jvms.subList(1, jvms.size())) {
            assertThat(jvm.codes()).as(jvm.name()).isEqualTo(expected);
        }
        report(jvms, others);
    }

    private static void report(List<ChildJvm> jvms, List<Path> others) {
        System.out.println("Equal codes from " + jvms.size() + " JVMs:");
        jvms.forEach(jvm -> System.out.println("  " + jvm.name()));
        if (others.isEmpty()) {
            System.out.println("WARNING: NO OTHER JDK WAS FOUND: equal codes were shown for " + ChildJvm.OWN_HOME
                    + " only. Name others in " + OTHER_JDKS + ".");
        }
    }

    private static ChildJvm start(Path home, String times, String... options) {
        return ChildJvm.start(home, List.of(options), Child.class, times);
    }

    /** Those named in the environment, which must be there, and the running one's siblings; each once. */
    private static List<Path> otherJdks() {
        var named = Stream.of(Optional.ofNullable(System.getenv(OTHER_JDKS))
                        .orElse("")
                        .split(File.pathSeparator))
                .filter(path -> !path.isBlank())
                .map(Path::of)
                .toList();
        assertThat(named)
                .as(OTHER_JDKS)
                .allMatch(CodesOnEveryJvmTest::isRecent, "has bin/java, of version 17 or later");
        var homes = Stream.concat(named.stream(), siblings().stream().filter(CodesOnEveryJvmTest::isRecent));
        var own = real(ChildJvm.OWN_HOME);
        return homes.map(CodesOnEveryJvmTest::real)
                .distinct()
                .filter(home -> !home.equals(own))
                .toList();
    }

    private static List<Path> siblings() {
        try (var siblings = Files.list(real(ChildJvm.OWN_HOME).getParent())) {
            return siblings.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isRecent(Path home) {
        var release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin").resolve("java")) || !Files.isReadable(release)) {
            return false;
        }
        try {
            var version = VERSION.matcher(Files.readString(release));
            return version.find() && Integer.parseInt(version.group(1)) >= OLDEST_VERSION;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hashes a model so many times, and prints its codes; more of them if they change while the JVM compiles. */
    static final class Child {

        private Child() {}

        public static void main(String[] arguments) {
            var model = TestModels.random(1);
            var first = ModelHasher.standard().hash(model);
            ChildJvm.print(first);
            for (int i = 2; i <= Integer.parseInt(arguments[0]); i++) {
                if (!ModelHasher.standard().hash(model).equals(first)) {
                    System.out.println(ChildJvm.MARK + "changed at time " + i);
                }
            }
        }
    }
}
