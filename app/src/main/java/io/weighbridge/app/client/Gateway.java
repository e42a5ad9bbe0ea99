package io.weighbridge.app.client;

import io.weighbridge.schemas.Settings;
import org.apache.kafka.clients.admin.Admin;

/** The cluster as a server writes to it and asks it: one connection of each kind, made when it is first needed. */
public final class Gateway implements AutoCloseable {

    private final Cluster cluster;
    private Publisher publisher;
    private Admin admin;

    public Gateway(Settings settings) {
        cluster = Cluster.of(settings);
    }

    public Cluster cluster() {
        return cluster;
    }

    /** @throws org.apache.kafka.common.KafkaException if the settings lead nowhere */
    public synchronized Publisher publisher() {
        if (publisher == null) {
            publisher = cluster.publisher();
        }
        return publisher;
    }

    /** @throws org.apache.kafka.common.KafkaException if the settings lead nowhere */
    public synchronized Admin admin() {
        if (admin == null) {
            admin = cluster.admin();
        }
        return admin;
    }

    @Override
    public synchronized void close() {
        if (publisher != null) {
            publisher.close();
        }
        if (admin != null) {
            admin.close();
        }
    }
}
