package io.weighbridge.app.life;

import io.weighbridge.alerting.sink.AlertSinks;

/** What runs beside the topology of a role, and lives and dies with it. */
interface Companion extends AutoCloseable {

    /** Nothing. */
    Companion NONE = new Companion() {
        @Override
        public boolean isLive() {
            return true;
        }

        @Override
        public void close() {}
    };

    /** Whether it does its work; false for good once a part of it has stopped by itself. */
    boolean isLive();

    @Override
    void close();

    /** The sinks of alerting: one that has stopped would let alerts pile up unseen. */
    static Companion of(AlertSinks sinks) {
        return new Companion() {
            @Override
            public boolean isLive() {
                return sinks.failure().isEmpty();
            }

            @Override
            public void close() {
                sinks.close();
            }
        };
    }
}
