package io.weighbridge.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.sun.net.httpserver.HttpServer;
import io.weighbridge.app.cli.Weighbridge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of {@code docker/} say what the code does. */
class DockerFilesTest {

    private static final Path ROOT = DeployFiles.ROOT;
    private static final Path DOCKER = DeployFiles.DOCKER;
    private static final Pattern PINNED = Pattern.compile("[a-z/-]+:v?\\d+\\.\\d+.*");

    private static final Map<String, String> ENDED = Map.of("condition", "service_completed_successfully");

    @Test
    void shouldRunTheBrokerThatTheClientsAreBuiltFor() throws IOException {
        assertThat(service("kafka").get("image")).isEqualTo("apache/kafka:" + AppInfoParser.getVersion());
    }

    @Test
    void shouldPinEveryImage() throws IOException {
        var images = new TreeSet<String>();
        for (Map<String, Object> service : services().values()) {
            if (!service.containsKey("build")) {
                images.add((String) service.get("image"));
            }
        }
        images.addAll(DeployFiles.found("(?m)^FROM (\\S+)", DOCKER.resolve("Dockerfile")));

        assertThat(images).hasSize(6).allMatch(image -> PINNED.matcher(image).matches());
    }

    @Test
    void shouldRunOnAJreAsAUserWithoutRights() throws IOException {
        var dockerfile = DOCKER.resolve("Dockerfile");
        var bases = DeployFiles.found("(?m)^FROM (\\S+)", dockerfile);

        assertThat(bases.get(bases.size() - 1)).contains("-jre-");
        assertThat(DeployFiles.found("(?m)^USER (\\S+)", dockerfile)).containsExactly("weighbridge");
        assertThat(DeployFiles.found("(?m)^(ADD|RUN .*(?:curl|wget|apt-get)).*", dockerfile))
                .as("fetched at build time, another each time")
                .isEmpty();
        assertThat(DeployFiles.found("(?m)^HEALTHCHECK .*CMD \\[(.+)]", dockerfile))
                .containsExactly("\"bash\", \"/opt/weighbridge/healthcheck.sh\"");
    }

    @Test
    void shouldSetOnlyWhatTheCodeReads() throws IOException {
        assertThat(variables())
                .contains("WEIGHBRIDGE_BOOTSTRAP_SERVERS", "WEIGHBRIDGE_FETCH_FILE_ROOTS")
                .allMatch(KnownSettings::isVariable, "is read somewhere");
    }

    @Test
    void shouldReachKafkaAndTheRegistryWhereTheyListen() throws IOException {
        var kafka = environment("kafka");
        var hasher = environment("hasher");

        assertThat(kafka.get("KAFKA_ADVERTISED_LISTENERS").toString())
                .contains("CONTAINERS://" + hasher.get("WEIGHBRIDGE_BOOTSTRAP_SERVERS"));
        assertThat(environment("registry").get("SCHEMA_REGISTRY_LISTENERS").toString())
                .isEqualTo("http://0.0.0.0:8081");
        assertThat(hasher.get("WEIGHBRIDGE_SCHEMA_REGISTRY")).isEqualTo("http://registry:8081");
    }

    @Test
    void shouldStartARoleOnlyWhenItsTopicsExist() throws IOException {
        for (String role : List.of("hasher", "matcher", "alerting")) {
            assertThat(service(role).get("depends_on")).as(role).isEqualTo(Map.of("topics", ENDED));
        }
    }

    @Test
    void shouldServeThePageOnlyWhenItHasTopicsAndAToken() throws IOException {
        assertThat(service("app").get("depends_on")).isEqualTo(Map.of("topics", ENDED, "token", ENDED));
        assertThat(service("token").get("command").toString())
                .contains(environment("app").get("WEIGHBRIDGE_API_TOKENS_FILE").toString())
                .contains(environment("cli").get("WEIGHBRIDGE_API_TOKEN_FILE").toString());
    }

    @Test
    void shouldGiveOnlyCommandsThatExist() throws IOException {
        var commands = new ArrayList<List<String>>();
        for (Map<String, Object> service : services().values()) {
            if (service.containsKey("build")) {
                commands.add(((List<?>) service.get("command"))
                        .stream().map(Object::toString).toList());
            }
        }
        DeployFiles.found("run --rm cli ([a-z][^`\\n]+)", DOCKER.resolve("README.md"))
                .forEach(command -> commands.add(List.of(command.split(" "))));

        assertThat(commands).hasSize(11);
        assertThat(commands)
                .allSatisfy(command -> assertThatCode(
                                () -> Weighbridge.commandLine().parseArgs(command.toArray(String[]::new)))
                        .as(command.toString())
                        .doesNotThrowAnyException());
    }

    @Test
    void shouldCopyOnlyWhatTheBuildReadsOrMakes() throws IOException {
        for (String file : DeployFiles.found("(?m)/src/((?!app/target)[a-z/.]+)", DOCKER.resolve("Dockerfile"))) {
            assertThat(ROOT.resolve(file)).exists();
            assertThat(Files.readAllLines(DOCKER.resolve("Dockerfile.dockerignore")))
                    .contains("!" + file);
        }
        for (String kept : DeployFiles.found("(?m)^!(.+)$", DOCKER.resolve("Dockerfile.dockerignore"))) {
            assertThat(ROOT.resolve(kept)).exists();
        }
        var modules = DeployFiles.found("<module>(.+)</module>", ROOT.resolve("pom.xml"));
        assertThat(Files.readAllLines(DOCKER.resolve("Dockerfile.dockerignore")))
                .containsAll(modules.stream().map(module -> "!" + module).toList());
    }

    @Test
    void shouldMountEveryVolumeThatIsDeclared() throws IOException {
        var mounted = new TreeSet<String>();
        for (Map<String, Object> service : services().values()) {
            for (Object volume : (List<?>) service.getOrDefault("volumes", List.of())) {
                String source = volume.toString()
                        .replace("${MODELS_DIR:-models}", "models")
                        .split(":")[0];
                if (source.startsWith("./")) {
                    assertThat(DOCKER.resolve(source)).exists();
                } else {
                    mounted.add(source);
                }
            }
        }

        assertThat(mounted).isEqualTo(((Map<?, ?>) compose().get("volumes")).keySet());
    }

    @ParameterizedTest
    @CsvSource({"200, 0", "503, 1", "404, 1"})
    void shouldBeHealthyWhileLivezAnswers200(int status, int exitCode) throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean isProbe = exchange.getRequestURI().getPath().equals("/livez");
            exchange.sendResponseHeaders(isProbe ? status : 500, -1);
            exchange.close();
        });
        server.start();
        try {
            assertThat(healthcheck(server.getAddress().getPort())).isEqualTo(exitCode);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void shouldNotBeHealthyWhenNobodyListens() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThat(healthcheck(port)).isEqualTo(1);
    }

    private static int healthcheck(int port) throws Exception {
        return new ProcessBuilder("bash", DOCKER.resolve("healthcheck.sh").toString(), Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** The WEIGHBRIDGE_ variables of the services and of the examples in the README. */
    private static Set<String> variables() throws IOException {
        var variables = new TreeSet<>(DeployFiles.found("(?m)^ *(WEIGHBRIDGE_[A-Z_]+):", DOCKER.resolve("README.md")));
        for (String service : services().keySet()) {
            environment(service).keySet().stream()
                    .filter(name -> name.startsWith("WEIGHBRIDGE_"))
                    .forEach(variables::add);
        }
        return variables;
    }

    private static Map<String, Object> environment(String service) throws IOException {
        return typed(service(service).getOrDefault("environment", Map.of()));
    }

    private static Map<String, Object> service(String name) throws IOException {
        return services().get(name);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> services() throws IOException {
        return (Map<String, Map<String, Object>>) compose().get("services");
    }

    private static Map<String, Object> compose() throws IOException {
        try (var reader = Files.newBufferedReader(DOCKER.resolve("compose.yaml"))) {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> typed(Object map) {
        return (Map<String, Object>) map;
    }
}
