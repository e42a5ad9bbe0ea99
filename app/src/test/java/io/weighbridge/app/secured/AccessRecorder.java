package io.weighbridge.app.secured;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/** Kafka's own authorizer, which also notes what was asked of it. The broker makes it by its name, so the notes are the JVM's. */
public final class AccessRecorder extends StandardAuthorizer {

    /** One question, as often as it was asked. */
    record Access(String principal, AclOperation operation, ResourceType type, String name) {}

    static final Set<Access> ALLOWED = ConcurrentHashMap.newKeySet();

    /** Without questions that a refusal only makes to be asked in another way. */
    static final Set<Access> DENIED = ConcurrentHashMap.newKeySet();

    /** From here on. */
    static void forget() {
        ALLOWED.clear();
        DENIED.clear();
    }

    @Override
    public List<AuthorizationResult> authorize(AuthorizableRequestContext context, List<Action> actions) {
        var results = super.authorize(context, actions);
        for (int i = 0; i < actions.size(); i++) {
            var action = actions.get(i);
            var access = new Access(
                    context.principal().toString(),
                    action.operation(),
                    action.resourcePattern().resourceType(),
                    action.resourcePattern().name());
            if (results.get(i) == AuthorizationResult.ALLOWED) {
                ALLOWED.add(access);
            } else if (action.logIfDenied()) {
                DENIED.add(access);
            }
        }
        return results;
    }
}
