package io.weighbridge.app.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time: {@code 2026-11-30}, {@code 2026-11-30T08:00:00Z}, or how long ago, {@code P7D} or {@code PT12H}. Dates begin in UTC. */
public final class PastTimeConverter implements ITypeConverter<Instant> {

    @Override
    public Instant convert(String text) {
        try {
            if (text.startsWith("PT")) {
                return Instant.now().minus(Duration.parse(text));
            }
            if (text.startsWith("P")) {
                return Instant.now()
                        .atZone(ZoneOffset.UTC)
                        .minus(Period.parse(text))
                        .toInstant();
            }
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw new TypeConversionException(
                    "expected a time such as 2026-11-30 or 2026-11-30T08:00:00Z, or P7D ago, got " + text);
        }
    }
}
