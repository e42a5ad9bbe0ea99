package io.weighbridge.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DigestPeerTest {

    @TempDir
    private Path folder;

    @Test
    void shouldFallBackToJavaWhereThereIsNoProgram() {
        assertThat(DigestPeer.find("no-such-program-anywhere")).isEqualTo(DigestPeer.JAVA);
        assertThat(DigestPeer.JAVA.description()).contains("no program sha256sum");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldRunTheProgram() throws IOException {
        var file = Files.writeString(folder.resolve("a"), "a");

        assertThat(DigestPeer.find()).isEqualTo(DigestPeer.PROGRAM);
        assertThatCode(() -> DigestPeer.PROGRAM.digest(List.of(file, file))).doesNotThrowAnyException();
        assertThatThrownBy(() -> DigestPeer.PROGRAM.digest(List.of(folder)))
                .isInstanceOf(IOException.class)
                .hasMessage("sha256sum ended with 1");
    }

    @Test
    void shouldReadEveryFileWithJava() throws IOException {
        var file = Files.writeString(folder.resolve("a"), "a");

        DigestPeer.JAVA.digest(List.of(file));
        assertThatThrownBy(() -> DigestPeer.JAVA.digest(List.of(file, folder.resolve("gone"))))
                .isInstanceOf(IOException.class);
    }
}
