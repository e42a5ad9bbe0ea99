package io.weighbridge.app.operate.reset;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.app.life.Role;
import java.nio.file.Path;
import java.util.List;

/**
 * What a reset of a role comes to.
 *
 * @param group the role's consumer group, whose name is the application id
 * @param members of the group, by client id and host; a reset waits until there is none
 * @param inputs where the group goes on in each partition that it reads
 * @param internalTopics of Kafka Streams, which are deleted
 * @param internalSubjects of these topics in the schema registry, which are deleted
 * @param folders of state on this machine, which are deleted
 */
public record ResetPlan(
        Role role,
        String group,
        List<String> members,
        List<InputPlace> inputs,
        List<String> internalTopics,
        List<String> internalSubjects,
        List<Path> folders) {

    public ResetPlan {
        members = List.copyOf(members);
        inputs = List.copyOf(inputs);
        internalTopics = List.copyOf(internalTopics);
        internalSubjects = List.copyOf(internalSubjects);
        folders = List.copyOf(folders);
    }

    /** Records that the role will read again, or for the first time; offsets that hold none are counted, too. */
    public long toRead() {
        return inputs.stream().mapToLong(InputPlace::toRead).sum();
    }

    /** As {@code reset --format json} tells it. */
    public ObjectNode json() {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("role", role.id())
                .put("group", group)
                .put("toRead", toRead());
        members.forEach(json.putArray("members")::add);
        var places = json.putArray("inputs");
        inputs.forEach(input -> places.add(input.json()));
        internalTopics.forEach(json.putArray("internalTopics")::add);
        internalSubjects.forEach(json.putArray("internalSubjects")::add);
        var paths = json.putArray("folders");
        folders.forEach(folder -> paths.add(folder.toString()));
        Aftermath.of(role).forEach(json.putArray("aftermath")::add);
        return json;
    }
}
