package io.weighbridge.hasher.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitFieldsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /** Fields are separated by a bar. */
    private static Duration wait(String fields) {
        Map<String, List<String>> headers = Arrays.stream(fields.split("\\|"))
                .map(field -> field.split(":", 2))
                .collect(Collectors.toMap(field -> field[0].strip(), field -> List.of(field[1].strip())));
        return RateLimitFields.leaveAlone(HttpHeaders.of(headers, (name, value) -> true), NOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "Retry-After: 120; 120",
                "Retry-After: Thu, 01 Jan 2026 00:01:30 GMT; 90",
                "X-RateLimit-Remaining: 0 | X-RateLimit-Reset: 40; 40",
                "X-RateLimit-Remaining: 0 | X-RateLimit-Reset: 1767225645; 45",
                "RateLimit-Remaining: 0 | RateLimit-Reset: 41; 41",
                "RateLimit: limit=10, remaining=0, reset=30; 30",
                "`RateLimit: \"api\";r=0;t=31`; 31",
                "`RateLimit: \"api\"; r=0; t=31`; 31",
                "`RateLimit: \"api\";r=5;t=31, \"files\";r=0;t=32`; 32",
                "`RateLimit: \"b\";r=0 | RateLimit-Policy: \"a\";q=1;w=50, \"b\";q=100;w=60`; 60",
                "`RateLimit: \"api\";r=0;t=31 | Retry-After: 7`; 31",
                "`RateLimit: \"api\";r=0;t=31 | Retry-After: 70`; 70"
            })
    void shouldSayHowLongTheHostWantsToBeLeftAlone(String fields, long seconds) {
        assertThat(wait(fields)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "A: b",
                "Retry-After: -1",
                "Retry-After: soon",
                "Retry-After: 99999999999999999999",
                "Retry-After: Thu, 01 Jan 2015 00:01:30 GMT",
                "X-RateLimit-Remaining: 1 | X-RateLimit-Reset: 40",
                "X-RateLimit-Remaining: 0",
                "X-RateLimit-Remaining: 0 | X-RateLimit-Reset: 1700000000",
                "X-RateLimit-Remaining: 0 | X-RateLimit-Reset: 99999999999",
                "RateLimit: limit=10, remaining=3, reset=30",
                "RateLimit: limit=10, remaining=0",
                "`RateLimit: \"api\";r=1;t=31`",
                "`RateLimit: \"api\";r=0`",
                "`RateLimit: \"api\";r=0 | RateLimit-Policy: \"other\";q=1;w=5`"
            })
    void shouldAskForNoWaitWhereNoneIsMeant(String fields) {
        assertThat(wait(fields)).isEqualTo(Duration.ZERO);
    }

    @Test
    void shouldNotReadAFieldOfAnyLength() {
        assertThat(wait("RateLimit: " + "\"a\";r=0;t=1,".repeat(100_000))).isEqualTo(Duration.ZERO);
    }
}
