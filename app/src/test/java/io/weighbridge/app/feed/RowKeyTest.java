package io.weighbridge.app.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowKeyTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "", "a:b", "ünï/codé ?&#", "🐘"})
    void shouldReadTheCursorItWrites(String id) {
        var key = new RowKey(Instant.parse("2026-02-03T04:05:06.789Z"), id);

        assertThat(key.cursor()).matches("[A-Za-z0-9_-]+");
        assertThat(RowKey.fromCursor(key.cursor())).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "abc", "bm9jb2xvbg", "Og", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk6YQ"})
    void shouldRefuseAnythingElse(String cursor) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowKey.fromCursor(cursor))
                .withMessage("expected a cursor from an earlier page, got " + cursor);
    }

    @Test
    void shouldOrderNewestFirst() {
        var older = new RowKey(Instant.EPOCH, "z");
        var newer = new RowKey(Instant.EPOCH.plusMillis(1), "a");

        assertThat(newer).isLessThan(older);
    }
}
