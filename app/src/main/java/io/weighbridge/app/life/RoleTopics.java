package io.weighbridge.app.life;

import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.Topics;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.streams.TopologyDescription;

/**
 * The product's topics that a role uses, as its topology has it.
 *
 * @param streamed read by its consumer group
 * @param followed read in full by each instance, outside the group
 * @param written dead letters included, which its deserialization handler writes, too
 */
public record RoleTopics(Set<String> streamed, Set<String> followed, Set<String> written) {

    public RoleTopics {
        streamed = Set.copyOf(streamed);
        followed = Set.copyOf(followed);
        written = Set.copyOf(written);
    }

    /** What the topology of a role reads and writes under these settings. */
    public static RoleTopics of(Role role, Settings settings) {
        var topics = Topics.of(settings);
        TopologyDescription topology = role.topology(settings).describe();
        var streamed = new TreeSet<String>();
        var followed = new TreeSet<String>();
        var written = new TreeSet<String>(Set.of(topics.deadLetters().name()));
        for (var part : topology.subtopologies()) {
            for (var node : part.nodes()) {
                if (node instanceof TopologyDescription.Source source) {
                    streamed.addAll(source.topicSet());
                } else if (node instanceof TopologyDescription.Sink sink) {
                    written.add(sink.topic());
                }
            }
        }
        topology.globalStores().forEach(store -> followed.addAll(store.source().topicSet()));
        var ours = topics.all().stream().map(Topic::name).collect(Collectors.toSet());
        streamed.retainAll(ours);
        written.retainAll(ours);
        return new RoleTopics(streamed, followed, written);
    }

    /** All of them, in order. */
    public Set<String> all() {
        var all = new TreeSet<>(streamed);
        all.addAll(followed);
        all.addAll(written);
        return all;
    }

    /** Those of several roles. */
    public static Set<String> ofAll(Collection<Role> roles, Settings settings) {
        var all = new TreeSet<String>();
        roles.forEach(role -> all.addAll(of(role, settings).all()));
        return all;
    }
}
