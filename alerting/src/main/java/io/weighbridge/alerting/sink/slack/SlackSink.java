package io.weighbridge.alerting.sink.slack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.alerting.Occurrence;
import io.weighbridge.alerting.message.AlertMessage;
import io.weighbridge.alerting.message.CaseLinks;
import io.weighbridge.alerting.sink.AlertSink;
import io.weighbridge.alerting.sink.Delivery;
import io.weighbridge.alerting.sink.attempt.HttpPost;
import io.weighbridge.alerting.sink.attempt.JsonBody;
import io.weighbridge.alerting.sink.attempt.Retries;
import io.weighbridge.schemas.avro.InfringementAlert;
import java.util.Map;

/** Posts a message for each alert to an incoming webhook of Slack, or of a chat that takes the same: plain {@code text}, no blocks. */
public final class SlackSink implements AlertSink {

    private final String name;
    private final HttpPost post;
    private final CaseLinks links;
    private final Retries retries;

    public SlackSink(SlackSettings settings, CaseLinks links) {
        name = settings.name();
        this.links = links;
        post = new HttpPost(settings.target());
        retries = new Retries(name, post.origin(), settings.retries());
    }

    @Override
    public String name() {
        return name;
    }

    /** Slack drops no repetition, so the text holds the occurrence id; the header is for receivers that know it. */
    @Override
    public Delivery deliver(InfringementAlert alert) throws InterruptedException {
        String occurrence = Occurrence.of(alert).id();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("text", SlackText.of(AlertMessage.of(alert), links.of(alert.getAlertId())))
                .put("unfurl_links", false)
                .put("unfurl_media", false);
        byte[] body = JsonBody.of(json);
        return retries.deliver(occurrence, () -> post.send(body, Map.of(HttpPost.IDEMPOTENCY_KEY, occurrence)));
    }
}
