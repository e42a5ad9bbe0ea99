package io.weighbridge.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.weighbridge.app.cli.Weighbridge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The manifests against Kubernetes' own types, whose unknown fields are errors here, and against what the program reads. */
class KubernetesTest {

    private static final Path FOLDER = DeployFiles.DOCKER.resolve("kubernetes");

    private static final Map<String, Class<?>> TYPES = Map.ofEntries(
            Map.entry("v1/Namespace", Namespace.class),
            Map.entry("v1/ServiceAccount", ServiceAccount.class),
            Map.entry("v1/ConfigMap", ConfigMap.class),
            Map.entry("v1/Secret", Secret.class),
            Map.entry("v1/Service", Service.class),
            Map.entry("apps/v1/StatefulSet", StatefulSet.class),
            Map.entry("apps/v1/Deployment", Deployment.class),
            Map.entry("batch/v1/Job", Job.class),
            Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            Map.entry("monitoring.coreos.com/v1/PodMonitor", PodMonitor.class));

    /** Have no class here: kustomize reads its own files, and the tests below look at the other. */
    private static final Set<String> UNTYPED =
            Set.of("kustomize.config.k8s.io/v1beta1/Kustomization", "keda.sh/v1alpha1/ScaledObject");

    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            });

    @Test
    void shouldBeOfTheTypesThatKubernetesKnows() throws IOException {
        for (JsonNode manifest : manifests()) {
            String type = type(manifest);
            if (!UNTYPED.contains(type)) {
                assertThat(TYPES).containsKey(type);
                assertThatCode(() -> STRICT.treeToValue(manifest, TYPES.get(type)))
                        .as(type + " " + name(manifest))
                        .doesNotThrowAnyException();
            }
        }
        var wrong = manifest("StatefulSet", "hasher").deepCopy();
        ((ObjectNode) wrong.at("/spec/template/spec")).put("enableServiceLink", false);
        assertThatThrownBy(() -> STRICT.treeToValue(wrong, StatefulSet.class))
                .as("a field that does not exist")
                .hasMessageContaining("enableServiceLink");
    }

    @Test
    void shouldBeListedForKustomize() throws IOException {
        for (Path list : DeployFiles.below(FOLDER, "kustomization.yaml")) {
            var listed = new TreeSet<String>();
            DeployFiles.yaml(list).path("resources").forEach(resource -> listed.add(resource.asText()));
            var there = new TreeSet<String>();
            try (var files = Files.list(list.getParent())) {
                files.map(file -> file.getFileName().toString())
                        .filter(file -> file.endsWith(".yaml") && !file.contains(".example"))
                        .filter(file -> !file.equals("kustomization.yaml"))
                        .forEach(there::add);
            }
            assertThat(listed).as(list.toString()).isEqualTo(there);
        }
    }

    @Test
    void shouldRunEveryRoleAndThePage() throws IOException {
        assertThat(names("StatefulSet")).containsExactly("alerting", "hasher", "matcher");
        assertThat(names("Deployment")).containsExactly("app");
        assertThat(names("PodDisruptionBudget")).containsExactly("alerting", "app", "hasher", "matcher");
        for (JsonNode container : containers()) {
            var words = new ArrayList<String>();
            container.path("args").forEach(word -> words.add(word.asText()));
            assertThatCode(() -> Weighbridge.commandLine().parseArgs(words.toArray(String[]::new)))
                    .as(words.toString())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void shouldSelectThePodsThatItMeans() throws IOException {
        for (JsonNode workload : workloads()) {
            JsonNode labels = workload.at("/spec/template/metadata/labels");
            String name = name(workload);
            assertThat(labels.path("app.kubernetes.io/component").asText()).isEqualTo(name);
            if (!type(workload).endsWith("Job")) {
                assertThat(workload.at("/spec/selector/matchLabels")).as(name).isEqualTo(labels);
                assertThat(manifest("PodDisruptionBudget", name).at("/spec/selector/matchLabels"))
                        .isEqualTo(labels);
                assertThat(manifest("Service", name).at("/spec/selector")).isEqualTo(labels);
            }
        }
    }

    @Test
    void shouldAllowPodsNothingThatTheyDoNotNeed() throws IOException {
        for (JsonNode workload : workloads()) {
            JsonNode pod = workload.at("/spec/template/spec");
            String name = name(workload);
            assertThat(pod.path("enableServiceLinks").asBoolean(true)).as(name).isFalse();
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true))
                    .as(name)
                    .isFalse();
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean())
                    .as(name)
                    .isTrue();
            assertThat(pod.at("/securityContext/runAsUser").asText())
                    .as("that of the image")
                    .isEqualTo(DeployFiles.found("--uid (\\d+)", DeployFiles.DOCKER.resolve("Dockerfile"))
                            .get(0));
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        }
        for (JsonNode container : allContainers()) {
            JsonNode context = container.path("securityContext");
            assertThat(context.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
            assertThat(context.path("readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(context.at("/capabilities/drop").toString()).isEqualTo("[\"ALL\"]");
            assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
            assertThat(container.at("/resources/requests/cpu").asText()).isNotEmpty();
        }
    }

    @Test
    void shouldProbeWhatLastsAndGiveItTimeToEnd() throws IOException {
        for (JsonNode workload : workloads()) {
            if (type(workload).endsWith("Job")) {
                continue;
            }
            JsonNode pod = workload.at("/spec/template/spec");
            JsonNode container = pod.at("/containers/0");
            assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/livez");
            assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/livez");
            assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/readyz");
            assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isGreaterThan(20);
            assertThat(pod.path("topologySpreadConstraints")).hasSize(1);
        }
    }

    @Test
    void shouldMountOnlyVolumesThatAreThere() throws IOException {
        for (JsonNode workload : workloads()) {
            var volumes = new TreeSet<String>();
            workload.at("/spec/template/spec/volumes").forEach(volume -> volumes.add(name(volume)));
            workload.at("/spec/volumeClaimTemplates")
                    .forEach(claim -> volumes.add(claim.at("/metadata/name").asText()));
            var mounted = new TreeSet<String>();
            for (JsonNode container : containersOf(workload)) {
                container.path("volumeMounts").forEach(mount -> mounted.add(name(mount)));
            }
            assertThat(mounted).as(name(workload)).isEqualTo(volumes);
        }
    }

    @Test
    void shouldSetOnlyWhatTheCodeReads() throws IOException {
        var variables = new TreeSet<String>();
        manifest("ConfigMap", "weighbridge-settings").path("data").fieldNames().forEachRemaining(variables::add);
        for (JsonNode container : containers()) {
            container.path("env").forEach(variable -> variables.add(name(variable)));
        }
        assertThat(variables)
                .contains("WEIGHBRIDGE_CONFIG", "WEIGHBRIDGE_API_TOKENS_FILE")
                .allMatch(KnownSettings::isVariable, "is read somewhere");
    }

    @Test
    void shouldScaleWhatIsThereByMetricsThatAre() throws IOException {
        int partitions = manifest("ConfigMap", "weighbridge-settings")
                .at("/data/WEIGHBRIDGE_TOPICS_PARTITIONS")
                .asInt();
        for (String name : names("ScaledObject")) {
            JsonNode spec = manifest("ScaledObject", name).path("spec");
            String query = spec.at("/triggers/0/metadata/query").asText();
            assertThat(names(spec.at("/scaleTargetRef/kind").asText()))
                    .contains(spec.at("/scaleTargetRef/name").asText());
            assertThat(spec.path("maxReplicaCount").asInt()).isEqualTo(partitions);
            assertThat(new PromQl(query).problems(RunningStack.scrape(), Set.of()))
                    .isEmpty();
        }
        assertThat(names("ScaledObject")).hasSize(3);
    }

    private static List<JsonNode> manifests() throws IOException {
        var manifests = new ArrayList<JsonNode>();
        for (Path file : DeployFiles.below(FOLDER, ".yaml")) {
            manifests.addAll(DeployFiles.documents(file));
        }
        return manifests;
    }

    private static JsonNode manifest(String kind, String name) throws IOException {
        return manifests().stream()
                .filter(manifest -> manifest.path("kind").asText().equals(kind)
                        && name(manifest).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }

    private static Set<String> names(String kind) throws IOException {
        var names = new TreeSet<String>();
        manifests().stream()
                .filter(manifest -> manifest.path("kind").asText().equals(kind))
                .forEach(manifest -> names.add(name(manifest)));
        return names;
    }

    private static List<JsonNode> workloads() throws IOException {
        return manifests().stream()
                .filter(manifest -> manifest.at("/spec/template/spec").isObject())
                .toList();
    }

    /** Those that run the program; one before them only copies a file. */
    private static List<JsonNode> containers() throws IOException {
        return allContainers().stream()
                .filter(container -> !container.has("command"))
                .toList();
    }

    private static List<JsonNode> allContainers() throws IOException {
        return workloads().stream()
                .flatMap(workload -> containersOf(workload).stream())
                .toList();
    }

    private static List<JsonNode> containersOf(JsonNode workload) {
        var containers = new ArrayList<JsonNode>();
        workload.at("/spec/template/spec/initContainers").forEach(containers::add);
        workload.at("/spec/template/spec/containers").forEach(containers::add);
        return containers;
    }

    private static String type(JsonNode manifest) {
        return manifest.path("apiVersion").asText() + "/"
                + manifest.path("kind").asText();
    }

    private static String name(JsonNode named) {
        return named.has("name")
                ? named.path("name").asText()
                : named.at("/metadata/name").asText();
    }
}
