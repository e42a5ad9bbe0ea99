package io.weighbridge.app.bench.alerts;

/**
 * What is to be sent.
 *
 * @param perSecond alerts a second
 * @param seconds how long
 * @param cases how many repositories and protected models the alerts are of
 */
public record AlertPlan(int perSecond, int seconds, int cases) {

    /** @throws IllegalArgumentException naming what is out of bounds */
    public AlertPlan {
        if (perSecond < 1 || perSecond > 100_000) {
            throw new IllegalArgumentException("--rate: expected 1 to 100000, got " + perSecond);
        }
        if (seconds < 1 || seconds > 3600) {
            throw new IllegalArgumentException("--seconds: expected 1 to 3600, got " + seconds);
        }
        if (cases < 1 || cases > perSecond * seconds) {
            throw new IllegalArgumentException("--cases: expected 1 to the number of alerts, got " + cases);
        }
    }

    int alerts() {
        return perSecond * seconds;
    }
}
