package io.weighbridge.app.cli.operate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.operate.acl.AclScript;
import io.weighbridge.app.operate.acl.Grant;
import io.weighbridge.app.operate.acl.Grants;
import io.weighbridge.app.operate.acl.Party;
import io.weighbridge.schemas.Settings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code topics acls}: the least rights that each party needs at the brokers. */
@Command(
        name = "acls",
        mixinStandardHelpOptions = true,
        header = "Print the least rights that each party needs at the brokers, as calls of kafka-acls.sh.",
        description = {
            "",
            "Asks nobody and changes nothing. admin.properties in the output are the client settings of whoever may give "
                    + "rights. hasher, matcher and alerting are the roles, page is `serve`, operator whoever runs commands, hub what "
                    + "publishes uploads. The schema registry needs rights of its own; its documentation tells.",
            "",
            "Example: weighbridge topics acls --principal hasher=User:wb-hasher,page=User:wb-page",
            ""
        })
public final class TopicsAclsCommand implements Runnable {

    /** Names of certificates have commas, too. */
    private static final String BEFORE_A_PARTY = ",(?=(?:hasher|matcher|alerting|page|operator|hub)=)";

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Option(
            names = "--principal",
            split = BEFORE_A_PARTY,
            splitSynopsisLabel = ",",
            paramLabel = "PARTY=USER",
            description = "Users of parties: ${COMPLETION-CANDIDATES}. Default: User:weighbridge-PARTY.")
    private Map<Party, String> principals = new LinkedHashMap<>();

    @Option(
            names = "--for",
            split = ",",
            paramLabel = "PARTY",
            description = "Only these. Default: those that --principal names, or all.")
    private List<Party> parties;

    @Override
    public void run() {
        Settings settings = cluster.settings();
        for (Party party : chosen()) {
            String principal = principals.getOrDefault(party, "User:weighbridge-" + party.id());
            List<Grant> grants = Grants.of(party, settings);
            output.say("# " + party.id());
            AclScript.lines(grants, principal, settings).forEach(output::say);
            if (output.isJson()) {
                grants.forEach(grant -> printJson(party, principal, grant));
            }
        }
    }

    private List<Party> chosen() {
        if (parties != null) {
            return parties;
        }
        return principals.isEmpty() ? Arrays.asList(Party.values()) : List.copyOf(principals.keySet());
    }

    private void printJson(Party party, String principal, Grant grant) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("party", party.id())
                .put("principal", principal)
                .put("resourceType", grant.type().name())
                .put("patternType", grant.pattern().name())
                .put("name", grant.name());
        grant.inOrder().forEach(operation -> json.withArray("operations").add(operation.name()));
        output.print(json, () -> "");
    }
}
