package io.weighbridge.alerting.sink.alertmanager;

import io.weighbridge.alerting.sink.Delivery;
import io.weighbridge.alerting.sink.attempt.HttpPost;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** One instance of a cluster. After a failure it rests: it is then asked only if no other takes the alert, so it slows the others down no more. */
final class Member {

    private static final Duration REST = Duration.ofSeconds(30);

    private final HttpPost post;
    private Instant restsUntil = Instant.MIN;

    Member(HttpPost post) {
        this.post = post;
    }

    String origin() {
        return post.origin();
    }

    boolean isResting(Instant now) {
        return now.isBefore(restsUntil);
    }

    /** @throws IOException if it may take the alert later */
    Delivery send(byte[] json, Map<String, String> headers, Instant now) throws IOException, InterruptedException {
        try {
            Delivery answer = post.send(json, headers);
            restsUntil = Instant.MIN;
            return answer;
        } catch (IOException e) {
            restsUntil = now.plus(REST);
            throw e;
        }
    }
}
