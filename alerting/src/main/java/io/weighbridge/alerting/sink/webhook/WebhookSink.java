package io.weighbridge.alerting.sink.webhook;

import io.weighbridge.alerting.AlertJson;
import io.weighbridge.alerting.Occurrence;
import io.weighbridge.alerting.sink.AlertSink;
import io.weighbridge.alerting.sink.Delivery;
import io.weighbridge.alerting.sink.attempt.HttpPost;
import io.weighbridge.alerting.sink.attempt.JsonBody;
import io.weighbridge.alerting.sink.attempt.Retries;
import io.weighbridge.schemas.avro.InfringementAlert;
import java.time.Clock;
import java.util.Map;

/** Posts each alert as JSON, signed anew at every attempt, under an idempotency key that is the same at all of them. */
public final class WebhookSink implements AlertSink {

    private final String name;
    private final HttpPost post;
    private final Signature signature;
    private final Retries retries;

    public WebhookSink(WebhookSettings settings) {
        name = settings.name();
        post = new HttpPost(settings.target());
        signature = new Signature(settings.secret(), Clock.systemUTC());
        retries = new Retries(name, post.origin(), settings.retries());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Delivery deliver(InfringementAlert alert) throws InterruptedException {
        String occurrence = Occurrence.of(alert).id();
        byte[] body = JsonBody.of(AlertJson.of(alert));
        return retries.deliver(
                occurrence,
                () -> post.send(
                        body, Map.of(HttpPost.IDEMPOTENCY_KEY, occurrence, Signature.HEADER, signature.of(body))));
    }
}
