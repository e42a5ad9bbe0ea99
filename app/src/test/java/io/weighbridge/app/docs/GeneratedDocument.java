package io.weighbridge.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A document of which a part is made from the code: what stands between two marks is to be what the code says. */
final class GeneratedDocument {

    private static final String BEGIN = "<!-- made by %s: begin -->\n";
    private static final String END = "<!-- end -->\n";

    private GeneratedDocument() {}

    /**
     * Compares, and leaves the document as it should be in {@code target}, ready to be copied.
     *
     * @param path below the root of the repository
     * @param maker class of the test that makes the part
     */
    static void shouldHold(String path, Class<?> maker, String part) throws IOException {
        Path document = Path.of("..").resolve(path);
        String text = Files.readString(document);
        String begin = BEGIN.formatted(maker.getSimpleName());
        assertThat(text).as(path).contains(begin, END);
        int from = text.indexOf(begin) + begin.length();
        String expected = text.substring(0, from) + part + text.substring(text.indexOf(END, from));
        Path made = Path.of("target", "docs", document.getFileName().toString());
        Files.createDirectories(made.getParent());
        Files.writeString(made, expected);
        assertThat(text)
                .as(path + " is not what the code says; app/" + made + " is")
                .isEqualTo(expected);
    }
}
