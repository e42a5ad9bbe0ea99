package io.weighbridge.app.chaos.fault;

import io.weighbridge.app.chaos.site.Server;
import io.weighbridge.app.chaos.site.SitePlan;
import java.io.IOException;
import java.time.Duration;

/** One of three brokers dies while its copies go on, and comes back; then another does. */
final class KilledReplica implements Fault {

    private static final Duration AWAY = Duration.ofSeconds(15);
    private static final Duration IN_SYNC = Duration.ofSeconds(15);

    @Override
    public String id() {
        return "kill-replica";
    }

    @Override
    public String description() {
        return "kill -9 of one of three brokers, back after 15 s; 15 s later the same of another";
    }

    @Override
    public boolean strikesAnySite() {
        return false;
    }

    @Override
    public SitePlan prepare(SitePlan plan) {
        return plan.withThreeBrokers();
    }

    @Override
    public void strike(Scene scene) throws IOException, InterruptedException {
        var first = scene.any(scene.site().brokers());
        var others = scene.site().brokers().stream()
                .filter(broker -> broker != first)
                .toList();
        killForAWhile(first);
        Scene.pause(IN_SYNC);
        killForAWhile(scene.any(others));
    }

    private static void killForAWhile(Server broker) throws IOException, InterruptedException {
        broker.kill();
        Scene.pause(AWAY);
        broker.start();
    }
}
