package io.weighbridge.app.cli.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.cli.Weighbridge;
import io.weighbridge.schemas.avro.AuditEntry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditLsCommandTest {

    @Test
    void shouldShowOfEachRequestTheEntryWithItsAnswer() {
        var entries = List.of(entry("a", 102), entry("b", 403), entry("c", 201), entry("a", 202), entry("c", 102));

        assertThat(AuditLsCommand.lastOfEach(entries))
                .extracting(entry -> entry.getId() + " " + entry.getStatus())
                .containsExactly("a 202", "b 403", "c 201");
    }

    @Test
    void shouldShowARequestThatWasNeverAnswered() {
        assertThat(AuditLsCommand.lastOfEach(List.of(entry("a", 102))))
                .extracting(AuditEntry::getStatus)
                .containsExactly(102);
    }

    @Test
    void shouldRefuseATimeThatIsNone() {
        var err = new StringWriter();

        int exit =
                Weighbridge.commandLine().setErr(new PrintWriter(err)).execute("audit", "ls", "--since", "yesterday");

        assertThat(exit).isEqualTo(4);
        assertThat(err.toString()).contains("--since: expected a time such as");
    }

    private static AuditEntry entry(String id, int status) {
        return AuditEntry.newBuilder()
                .setId(id)
                .setAt(Instant.EPOCH)
                .setActor("ada")
                .setMethod("POST")
                .setPath("/api/v1/x")
                .setStatus(status)
                .setRemote("127.0.0.1")
                .build();
    }
}
