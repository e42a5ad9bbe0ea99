package io.weighbridge.alerting.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.alerting.message.CaseLinks;
import io.weighbridge.schemas.avro.InfringementCase;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaseCsvTest {

    @Test
    void shouldWriteALineForEachCaseUnderItsNames() throws Exception {
        List<CSVRecord> rows = read(csv(TestCases.fresh(), TestCases.dismissed()));

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).toMap())
                .containsEntry("alertId", "a3f1c0ffee")
                .containsEntry("state", "NEW")
                .containsEntry("verdict", "")
                .containsEntry("severity", "HIGH")
                .containsEntry("repo", "mallory/resnet-mini")
                .containsEntry("protectedModelName", "Résnet mini 🐘")
                .containsEntry("marginBits", "96")
                .containsEntry("link", "https://board.example/#/case/a3f1c0ffee");
        assertThat(rows.get(1).toMap()).containsEntry("state", "CLOSED").containsEntry("verdict", "FALSE_POSITIVE");
    }

    @Test
    void shouldEndLinesAsTheStandardSays() throws Exception {
        assertThat(csv(TestCases.fresh())).contains(",link\r\n").endsWith("\r\n");
        assertThat(csv(TestCases.fresh()).lines()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(\"http://x\",\"a,b\")"})
    void shouldNotLetANameBeAFormula(String repo) throws Exception {
        assertThat(read(csv(TestCases.ofRepo(repo))).get(0).get("repo")).isEqualTo("'" + repo);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", "say \"hi\"", "two\r\nlines", "a;b", " space ", "a=b"})
    void shouldKeepEveryOtherNameAsItIs(String repo) throws Exception {
        assertThat(read(csv(TestCases.ofRepo(repo))).get(0).get("repo")).isEqualTo(repo);
    }

    private static String csv(InfringementCase... cases) throws IOException {
        var out = new StringWriter();
        try (var csv = new CaseCsv(out, new CaseLinks(Optional.of("https://board.example")))) {
            for (InfringementCase found : cases) {
                csv.write(found);
            }
        }
        return out.toString();
    }

    private static List<CSVRecord> read(String text) throws IOException {
        var format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (var parser = format.parse(new StringReader(text))) {
            return parser.getRecords();
        }
    }
}
