package io.weighbridge.app.secured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weighbridge.app.client.BulkProducer;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.TopicAdmin;
import io.weighbridge.app.demo.DemoSet;
import io.weighbridge.app.embedded.HangingTransaction;
import io.weighbridge.app.http.Listen;
import io.weighbridge.app.http.access.AccessSettings;
import io.weighbridge.app.http.access.ApiRole;
import io.weighbridge.app.http.access.TokenFile;
import io.weighbridge.app.life.PageProcess;
import io.weighbridge.app.life.Role;
import io.weighbridge.app.life.RoleTopics;
import io.weighbridge.app.life.Roles;
import io.weighbridge.app.operate.acl.Grant;
import io.weighbridge.app.operate.acl.Grants;
import io.weighbridge.app.operate.acl.Party;
import io.weighbridge.app.secured.AccessRecorder.Access;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.Topics;
import io.weighbridge.schemas.avro.CaseDecision;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every party under a user of its own, behind TLS, with the rights that {@code topics acls} prints: they do, and none is idle. */
class SecuredClusterTest {

    private static final Duration LONG = Duration.ofSeconds(90);
    private static final Map<String, String> SMALL = Map.of(
            "weighbridge.matcher.partitions", "1",
            "weighbridge.fetch.file.roots", "/",
            "weighbridge.sink.log", "true");

    @TempDir
    private Path folder;

    private SecuredCluster cluster;

    @BeforeEach
    void start() throws Exception {
        DemoSet.load().extractTo(folder.resolve("models"));
        cluster = SecuredCluster.start(folder);
        for (Party party : Party.values()) {
            cluster.addUser(party.id());
        }
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
    }

    @Test
    void shouldWorkWithTheLeastRights() throws Exception {
        for (Party party : Party.values()) {
            cluster.allow(party.id(), Grants.of(party, cluster.settingsOf(party.id())));
        }
        AccessRecorder.forget();
        run(0, Party.OPERATOR, "topics", "create", "--partitions", "1");
        run(0, Party.OPERATOR, "topics", "check");
        try (var hasher = role(Role.HASHER);
                var alerting = role(Role.ALERTING)) {
            try (var matcher = role(Role.MATCHER)) {
                for (Roles roles : List.of(hasher, matcher, alerting)) {
                    assertThat(roles.awaitReady(LONG)).isTrue();
                }
                List.of(Role.values()).forEach(this::shouldSeeItsTopics);
                shouldFindACopy();
                shouldServeIt();
                assertThat(run(0, Party.OPERATOR, "doctor", "--data", folder.toString()))
                        .contains("this user may do what operator does")
                        .contains("that of the brokers");
            }
            run(
                    0,
                    Party.OPERATOR,
                    "reset",
                    "matcher",
                    "--data",
                    folder.resolve("none").toString(),
                    "--yes");
        }
        assertThat(AccessRecorder.DENIED).as("denied").isEmpty();
        assertThat(idle()).as("granted, but not needed").isEmpty();
    }

    /** What {@code run} looks at before it starts. */
    private void shouldSeeItsTopics(Role role) {
        var settings = cluster.settingsOf(role.id());
        var checks = new TopicAdmin(Cluster.connect(settings))
                .check(RoleTopics.of(role, settings).all());
        assertThat(checks).allSatisfy(check -> assertThat(check.problem()).isEmpty());
    }

    private void shouldFindACopy() throws Exception {
        run(0, Party.OPERATOR, "protect", model("lenet-original.zip"), "--id", "lenet", "--owner", "acme");
        run(0, Party.HUB, "upload", model("lenet-permuted-rescaled.safetensors"), "--repo", "mallory/first");
        run(0, Party.HUB, "upload", model("lenet-stranger.zip"), "--repo", "olivia/own", "--backfill");
        await().atMost(LONG).until(() -> run(0, Party.OPERATOR, "alerts", "ls").contains("mallory/first"));
        run(0, Party.OPERATOR, "scans", "ls");
        shouldSeeWhatIsUnderWayAndNotEndIt();
    }

    /** The command asks the coordinator of a transactional id that it may see. */
    private void shouldSeeWhatIsUnderWayAndNotEndIt() throws Exception {
        var settings = new HashMap<String, Object>(
                cluster.settingsOf(Party.ALERTING.id()).kafka());
        settings.put("transactional.id", "weighbridge-alerting-open");
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("infringement-cases.v1", new byte[0], null))
                    .get();
            assertThat(run(0, Party.OPERATOR, "topics", "transactions", "--abort"))
                    .contains("0 of concern on");
            producer.abortTransaction();
        }
    }

    private void shouldServeIt() throws Exception {
        var tokens = new TokenFile(folder.resolve("tokens.json"));
        String token = tokens.create("root", ApiRole.ADMIN, Instant.now(), Optional.empty());
        Settings settings = cluster.settingsOf(Party.PAGE.id())
                .with(Map.of(AccessSettings.TOKENS_FILE, tokens.path().toString()));
        try (var page = PageProcess.start(settings, Listen.loopback(0), Listen.loopback(0))) {
            String api = "http://127.0.0.1:" + page.port() + "/api/v1/";
            await().atMost(LONG).until(() -> call(token, api + "alerts", null).contains("mallory/first"));
            assertThat(call(token, api + "operations", null)).contains("\"problem\":null", "Stable");
            call(token, api + "protected/lenet/policy", "{\"mode\":\"live\"}");
            loseADecision();
            await().atMost(LONG)
                    .until(() -> call(token, api + "dead-letters", null).contains("case-decisions"));
            assertThat(run(0, Party.OPERATOR, "dlq", "ls")).contains("case-decisions.v1-0-0");
            call(token, api + "dead-letters/case-decisions.v1-0-0/redrive", "");
            await().atMost(LONG).until(() -> run(0, Party.OPERATOR, "dlq", "ls").contains("case-decisions.v1-0-1"));
            run(0, Party.OPERATOR, "dlq", "redrive", "case-decisions.v1-0-1");
        }
    }

    private void loseADecision() throws Exception {
        var settings = cluster.settingsOf(Party.OPERATOR.id());
        var topic = Topics.of(settings).caseDecisions();
        var decision = CaseDecision.newBuilder(TestRecords.caseDecision())
                .setAlertId("lost")
                .build();
        try (var producer = new BulkProducer(Cluster.of(settings))) {
            producer.send(topic, "lost", decision, Instant.now());
            producer.flush();
        }
    }

    /** Rights that nobody asked for, but for reading and writing topics of the product: a day in which all of that happens is a long one. */
    private Set<String> idle() {
        var idle = new TreeSet<String>();
        for (Party party : Party.values()) {
            for (Grant grant : Grants.of(party, cluster.settingsOf(party.id()))) {
                grant.operations().stream()
                        .filter(operation -> grant.pattern() == PatternType.PREFIXED
                                || grant.type() != ResourceType.TOPIC
                                || !Set.of(AclOperation.READ, AclOperation.WRITE)
                                        .contains(operation))
                        .filter(operation -> !isUsed(party, grant, operation))
                        .forEach(operation ->
                                idle.add(party + " " + operation + " " + grant.type() + " " + grant.name()));
            }
        }
        return idle;
    }

    private static boolean isUsed(Party party, Grant grant, AclOperation operation) {
        return AccessRecorder.ALLOWED.stream()
                .anyMatch(access -> access.principal().equals("User:" + party.id())
                        && access.operation() == operation
                        && covers(grant, access));
    }

    private static boolean covers(Grant grant, Access access) {
        return grant.type() == access.type()
                && (grant.pattern() == PatternType.PREFIXED
                        ? access.name().startsWith(grant.name())
                        : access.name().equals(grant.name()));
    }

    @Test
    void shouldPrintCallsThatKafkasOwnToolTakesAndTellWhatIsMissing() throws Exception {
        givePrintedRights(Party.OPERATOR);
        run(0, Party.OPERATOR, "topics", "create", "--partitions", "1");
        assertThat(run(1, Party.ALERTING, "doctor", "--role", "alerting"))
                .contains("FAIL  topics    infringement-alerts.v1: this user may not DESCRIBE it")
                .contains("FAIL  rights    as alerting this user lacks [READ] of group weighbridge-alerting")
                .contains("as alerting this user lacks [WRITE] of transactional id weighbridge-alerting-*");

        givePrintedRights(Party.ALERTING);
        assertThat(run(0, Party.ALERTING, "doctor", "--role", "alerting"))
                .contains("OK    rights    this user may do what alerting does")
                .contains("; this user may not see the brokers' own clock (DESCRIBE of the cluster)");

        shouldMiss(AclOperation.WRITE, "infringement-cases.v1");
        shouldMiss(AclOperation.DESCRIBE_CONFIGS, "held-alerts.v1");
        assertThat(run(2, Party.ALERTING, "run", "alerting", "--data", folder.toString()))
                .contains("infringement-cases.v1: this user may not DESCRIBE it")
                .contains("held-alerts.v1: this user may not DESCRIBE_CONFIGS it");
        shouldNotEndTransactionsOfOthers();
    }

    /** One who sees those of all may still not end them. */
    private void shouldNotEndTransactionsOfOthers() throws Exception {
        var all = new ResourcePattern(ResourceType.TRANSACTIONAL_ID, "*", PatternType.LITERAL);
        var sees = new AccessControlEntry(
                "User:" + Party.OPERATOR.id(), "*", AclOperation.DESCRIBE, AclPermissionType.ALLOW);
        cluster.admin().createAcls(List.of(new AclBinding(all, sees))).all().get();
        var client = new HashMap<String, Object>(cluster.settingsOf("broker").kafka());
        try (var transaction = HangingTransaction.open(client, new TopicPartition("infringement-alerts.v1", 0))) {
            transaction.hang();
            assertThat(run(2, Party.OPERATOR, "topics", "transactions", "--abort"))
                    .contains("infringement-alerts.v1-0: this user may not ALTER the cluster");
            assertThat(transaction.isPassed()).isFalse();
        }
    }

    private void givePrintedRights(Party party) throws Exception {
        String user = "User:" + party.id();
        Prompt.giveRights(
                run(0, party, "topics", "acls", "--principal", party.id() + "=" + user), cluster.configOf("broker"));
        var expected = new HashSet<AclBinding>();
        Grants.of(party, cluster.settingsOf(party.id())).forEach(grant -> expected.addAll(grant.bindings(user)));
        var kept = cluster.admin().describeAcls(AclBindingFilter.ANY).values().get().stream()
                .filter(binding -> binding.entry().principal().equals(user))
                .toList();
        assertThat(kept).containsExactlyInAnyOrderElementsOf(expected);
    }

    private void shouldMiss(AclOperation operation, String topic) throws Exception {
        var binding = Grants.of(Party.ALERTING, cluster.settingsOf(Party.ALERTING.id())).stream()
                .filter(grant -> grant.name().equals(topic))
                .flatMap(grant -> grant.bindings("User:" + Party.ALERTING.id()).stream())
                .filter(right -> right.entry().operation() == operation)
                .findFirst()
                .orElseThrow();
        cluster.forbid(binding);
        assertThat(run(1, Party.ALERTING, "doctor", "--role", "alerting"))
                .containsPattern(
                        "as alerting this user lacks \\[[A-Z_, ]*" + operation + "[A-Z_, ]*\\] of topic " + topic);
    }

    private Roles role(Role role) {
        return Roles.start(Set.of(role), cluster.settingsOf(role.id()).with(SMALL), new SimpleMeterRegistry());
    }

    private String model(String name) {
        return folder.resolve("models").resolve(name).toString();
    }

    private String run(int expectedExit, Party party, String... arguments) throws Exception {
        return Prompt.run(expectedExit, cluster.configOf(party.id()), arguments);
    }

    private static String call(String token, String url, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token);
        if (body != null) {
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        }
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
