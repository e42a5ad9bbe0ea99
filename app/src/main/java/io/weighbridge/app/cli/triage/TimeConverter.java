package io.weighbridge.app.cli.triage;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time in the future: {@code 2027-01-31T00:00:00Z}, or a duration from now such as {@code P90D} or {@code PT12H}. */
final class TimeConverter implements ITypeConverter<Instant> {

    @Override
    public Instant convert(String text) {
        try {
            Instant now = Instant.now();
            Instant time = !text.startsWith("P")
                    ? Instant.parse(text)
                    : text.contains("T")
                            ? now.plus(Duration.parse(text))
                            : now.atZone(ZoneOffset.UTC)
                                    .plus(Period.parse(text))
                                    .toInstant();
            if (time.isAfter(now)) {
                return time;
            }
        } catch (DateTimeException e) {
            // told below, with an example
        }
        throw new TypeConversionException(
                "expected a time to come such as 2027-01-31T00:00:00Z, or P90D from now, got " + text);
    }
}
