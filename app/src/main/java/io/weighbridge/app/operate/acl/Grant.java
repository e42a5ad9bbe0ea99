package io.weighbridge.app.operate.acl;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** What one user may do with one resource, or with all whose names begin alike. */
public record Grant(ResourceType type, PatternType pattern, String name, Set<AclOperation> operations) {

    /** In the order in which they are told. */
    public static final Comparator<Grant> ORDER =
            Comparator.comparing(Grant::type).thenComparing(Grant::pattern).thenComparing(Grant::name);

    public Grant {
        operations = Set.copyOf(operations);
    }

    static Grant of(ResourceType type, PatternType pattern, String name, AclOperation... operations) {
        return new Grant(type, pattern, name, Set.of(operations));
    }

    /** The operations in the order of their names. */
    public Set<AclOperation> inOrder() {
        return new TreeSet<>(operations);
    }

    /** As the brokers keep it, an entry for each operation, from any host. */
    public List<AclBinding> bindings(String principal) {
        var resource = new ResourcePattern(type, name, pattern);
        return inOrder().stream()
                .map(operation -> new AclBinding(
                        resource, new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW)))
                .toList();
    }
}
