package io.weighbridge.app.operate.acl;

import io.weighbridge.schemas.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/** Grants as calls of Kafka's own {@code kafka-acls.sh}: resources with the same rights share one. */
public final class AclScript {

    private AclScript() {}

    /** The calls that give a user what it needs, a line each. */
    public static List<String> lines(List<Grant> grants, String principal, Settings settings) {
        record Kind(PatternType pattern, String operations) {}
        Map<Kind, List<Grant>> alike = new LinkedHashMap<>();
        for (Grant grant : grants) {
            alike.computeIfAbsent(
                            new Kind(grant.pattern(), grant.type() + operations(grant)), unused -> new ArrayList<>())
                    .add(grant);
        }
        String start = "kafka-acls.sh --bootstrap-server " + settings.text("bootstrap.servers", "")
                + " --command-config admin.properties --add --allow-principal " + quoted(principal);
        return alike.values().stream()
                .map(same -> start + operations(same.get(0)) + pattern(same.get(0)) + resources(same))
                .toList();
    }

    /** Users of certificates are called as these are: {@code User:CN=hasher,O=A Company}. */
    private static String quoted(String principal) {
        return principal.matches("[\\w:=,./@+-]+") ? principal : "'" + principal.replace("'", "'\\''") + "'";
    }

    private static String operations(Grant grant) {
        return grant.inOrder().stream()
                .map(operation -> " --operation " + camelCase(operation))
                .collect(Collectors.joining());
    }

    private static String pattern(Grant grant) {
        return grant.pattern() == PatternType.PREFIXED ? " --resource-pattern-type prefixed" : "";
    }

    private static String resources(List<Grant> same) {
        return same.stream()
                .map(grant ->
                        " --" + grant.type().name().toLowerCase(Locale.ROOT).replace('_', '-') + name(grant))
                .collect(Collectors.joining());
    }

    /** There is one cluster, and the tool takes no name for it. */
    private static String name(Grant grant) {
        return grant.type() == ResourceType.CLUSTER ? "" : " " + grant.name();
    }

    /** {@code DescribeConfigs}, as the tool has it. */
    private static String camelCase(AclOperation operation) {
        var name = new StringBuilder();
        for (String word : operation.name().split("_")) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }
}
