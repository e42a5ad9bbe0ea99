package io.weighbridge.alerting.sink.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weighbridge.alerting.TestAlerts;
import io.weighbridge.alerting.message.CaseLinks;
import io.weighbridge.alerting.sink.AlertSink;
import io.weighbridge.alerting.sink.HttpSinkContract;
import io.weighbridge.schemas.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlackSinkTest extends HttpSinkContract {

    private static final CaseLinks LINKS = new CaseLinks(Optional.of("https://board.example"));

    @Override
    protected String kind() {
        return "slack";
    }

    @Override
    protected Map<String, String> others() {
        return Map.of();
    }

    @Override
    protected AlertSink create(Settings settings) {
        return new SlackSink(SlackSettings.all(settings).get(0), LINKS);
    }

    @Test
    void shouldSayWhatHappenedAndLinkToTheCase() throws Exception {
        sink().deliver(TestAlerts.first());

        JsonNode message =
                new ObjectMapper().readTree(receiver.received().get(0).body());
        assertThat(message.path("text").asText().lines())
                .contains(
                        "Upload: `local/mallory/resnet-mini@main`",
                        "Protected model: `alice-resnet-mini (Résnet mini 🐘, owner alice)`",
                        "<https://board.example/#/case/a3f1c0ffee|Open the case>")
                .first()
                .asString()
                .matches("\\*[A-Z]+\\* `mallory/resnet-mini matches Résnet mini 🐘, protected by alice`");
        assertThat(message.path("unfurl_links").isBoolean()).isTrue();
        assertThat(message.path("unfurl_links").asBoolean()).isFalse();
    }

    @Test
    void shouldNotLetAnUploadMentionLinkOrFormat() throws Exception {
        sink().deliver(TestAlerts.file(TestAlerts.first(), "`<!channel>` *a* & <http://x|y>\n*CRITICAL*"));

        String text = new ObjectMapper()
                .readTree(receiver.received().get(0).body())
                .path("text")
                .asText();
        assertThat(text.lines()).contains("File: `'&lt;!channel&gt;' *a* &amp; &lt;http://x|y&gt;?*CRITICAL*`");
    }

    @Test
    void shouldGiveEachAddressASinkOfItsOwn() {
        var all = SlackSettings.all(
                new Settings(Map.of("weighbridge.sink.slack.url", "https://one.example/T, https://two.example/U")));

        assertThat(all).extracting(SlackSettings::name).isEqualTo(List.of("slack", "slack-2"));
        assertThat(all.toString()).doesNotContain("/T").doesNotContain("/U");
    }
}
