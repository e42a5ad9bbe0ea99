package io.weighbridge.app.operate.acl;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.PatternType.LITERAL;
import static org.apache.kafka.common.resource.PatternType.PREFIXED;
import static org.apache.kafka.common.resource.ResourceType.CLUSTER;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;

import io.weighbridge.app.feed.LiveFeed;
import io.weighbridge.app.life.Role;
import io.weighbridge.app.life.RoleTopics;
import io.weighbridge.app.operate.letter.Redriver;
import io.weighbridge.schemas.RoleConfig;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The least rights that each party needs, from what the topologies read and write. Rights that others bring along are left out: with
 * {@code READ} or {@code WRITE} comes {@code DESCRIBE}.
 */
public final class Grants {

    private final Settings settings;
    private final Topics topics;
    private final String prefix;
    private final Map<String, Set<AclOperation>> ofTopics = new TreeMap<>();
    private final List<Grant> others = new ArrayList<>();

    private Grants(Settings settings) {
        this.settings = settings;
        topics = Topics.of(settings);
        prefix = settings.text(RoleConfig.APPLICATION_PREFIX, "weighbridge") + "-";
    }

    /** What a party needs under these settings. */
    public static List<Grant> of(Party party, Settings settings) {
        var grants = new Grants(settings);
        switch (party) {
            case HASHER, MATCHER, ALERTING -> grants.addRole(party.role().orElseThrow());
            case PAGE -> grants.addPage();
            case OPERATOR -> grants.addOperator();
            case HUB -> grants.addHub();
        }
        return grants.sorted();
    }

    private List<Grant> sorted() {
        var all = new ArrayList<>(others);
        ofTopics.forEach((name, operations) -> all.add(new Grant(TOPIC, LITERAL, name, operations)));
        all.sort(Grant.ORDER);
        return all;
    }

    /** A role checks its topics before it starts, keeps its state in topics that it makes, and commits in transactions. */
    private void addRole(Role role) {
        var used = RoleTopics.of(role, settings);
        add(used.all(), DESCRIBE_CONFIGS);
        add(used.streamed(), READ);
        add(used.followed(), READ);
        add(used.written(), WRITE);
        String application = RoleConfig.of(settings, role.id()).getProperty(StreamsConfig.APPLICATION_ID_CONFIG);
        others.add(Grant.of(GROUP, LITERAL, application, READ));
        others.add(Grant.of(TRANSACTIONAL_ID, PREFIXED, application + "-", WRITE));
        others.add(
                role == Role.MATCHER
                        ? Grant.of(TOPIC, PREFIXED, application + "-", CREATE, READ, WRITE, DELETE)
                        : Grant.of(TOPIC, PREFIXED, application + "-", CREATE, READ, WRITE));
        if (role == Role.ALERTING) {
            others.add(Grant.of(GROUP, PREFIXED, prefix + "sink-", READ));
        }
    }

    /** The page shows topics and how far groups are behind, and writes what people decide. */
    private void addPage() {
        add(LiveFeed.topics(settings), READ);
        add(
                names(
                        topics.modelUploads(),
                        topics.modelUploadsBackfill(),
                        topics.protectedModels(),
                        topics.caseDecisions(),
                        topics.suppressions(),
                        topics.protectionPolicies(),
                        topics.apiAudit()),
                WRITE);
        addRedrive();
        others.add(Grant.of(GROUP, PREFIXED, prefix, DESCRIBE));
        others.add(Grant.of(TOPIC, PREFIXED, prefix, DESCRIBE));
    }

    private void addOperator() {
        add(names(topics.all()), CREATE, READ, DESCRIBE_CONFIGS);
        add(
                names(
                        topics.modelUploads(),
                        topics.modelUploadsBackfill(),
                        topics.protectedModels(),
                        topics.caseDecisions(),
                        topics.suppressions(),
                        topics.protectionPolicies()),
                WRITE);
        addRedrive();
        others.add(Grant.of(GROUP, PREFIXED, prefix, READ, DELETE));
        others.add(Grant.of(TOPIC, PREFIXED, prefix, READ, DELETE));
        others.add(Grant.of(TRANSACTIONAL_ID, PREFIXED, prefix, DESCRIBE));
        others.add(Grant.of(CLUSTER, LITERAL, Resource.CLUSTER_NAME, DESCRIBE));
    }

    private void addHub() {
        add(names(topics.modelUploads(), topics.modelUploadsBackfill()), WRITE);
    }

    /** To every topic that a role reads, with a note beside the dead letter. */
    private void addRedrive() {
        for (Role role : EnumSet.allOf(Role.class)) {
            var used = RoleTopics.of(role, settings);
            add(used.streamed(), WRITE);
            add(used.followed(), WRITE);
        }
        add(names(topics.deadLetters()), READ, WRITE);
        others.add(Grant.of(TRANSACTIONAL_ID, LITERAL, Redriver.transactionalId(settings), WRITE));
    }

    private void add(Collection<String> names, AclOperation... operations) {
        for (String name : names) {
            ofTopics.computeIfAbsent(name, unused -> EnumSet.noneOf(AclOperation.class))
                    .addAll(List.of(operations));
        }
    }

    private static Set<String> names(Collection<? extends Topic<?, ?>> topics) {
        var names = new TreeSet<String>();
        topics.forEach(topic -> names.add(topic.name()));
        return names;
    }

    private static Set<String> names(Topic<?, ?>... topics) {
        return names(List.of(topics));
    }
}
