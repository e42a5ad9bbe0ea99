package io.weighbridge.app.operate.doctor;

import io.weighbridge.app.client.Asking;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.text.Words;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;

/** Whether the brokers answer, and which they are. */
record BrokerCheck(Cluster cluster, Admin admin) {

    private static final String FEATURE = "metadata.version";

    /** Whether they answer. */
    boolean examine(Findings findings) {
        String servers = cluster.settings().text("bootstrap.servers", "");
        try {
            var described = admin.describeCluster();
            int nodes = Asking.get(described.nodes()).size();
            findings.ok(servers + " answers: " + Words.count(nodes, "broker") + ", cluster "
                    + Asking.get(described.clusterId()) + ", " + version());
            return true;
        } catch (SslAuthenticationException e) {
            findings.fail(
                    servers + ": TLS: " + e.getMessage(),
                    "name the broker's authority in ssl.truststore.location, and an address of its certificate in"
                            + " bootstrap.servers; where brokers ask for a certificate, ours in ssl.keystore.location");
        } catch (SaslAuthenticationException e) {
            findings.fail(servers + ": log-in refused: " + e.getMessage(), "mend sasl.mechanism and sasl.jaas.config");
        } catch (KafkaException e) {
            findings.fail(
                    "no Kafka broker answers at " + servers + " with security.protocol "
                            + cluster.settings().text("security.protocol", "PLAINTEXT") + ": " + e.getMessage(),
                    "start one with `weighbridge up`, or name one with --bootstrap-servers; see that the protocol is the"
                            + " broker's");
        }
        return false;
    }

    private String version() {
        var features = Asking.get(admin.describeFeatures().featureMetadata()).finalizedFeatures();
        return features.containsKey(FEATURE)
                ? FEATURE + " " + features.get(FEATURE).maxVersionLevel()
                : "version not told";
    }
}
