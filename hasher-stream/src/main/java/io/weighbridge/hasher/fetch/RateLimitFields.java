package io.weighbridge.hasher.fetch;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a host wants to be left alone, by the fields of its answer.
 *
 * <ul>
 *   <li>{@code Retry-After}: seconds, or a date
 *   <li>{@code RateLimit: "name";r=0;t=30}, with {@code RateLimit-Policy: "name";q=100;w=60} if {@code t} is missing
 *       (draft-ietf-httpapi-ratelimit-headers); of several policies, the longest wait
 *   <li>{@code RateLimit: limit=10, remaining=0, reset=30}, as earlier drafts had it
 *   <li>{@code RateLimit-Remaining} and {@code RateLimit-Reset}, with or without {@code X-} before: seconds, or seconds since 1970
 * </ul>
 *
 * <p>What is not understood is as if it were not there.
 */
final class RateLimitFields {

    private static final int MOST_CHARS = 1000;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern ITEM = Pattern.compile("(\"[^\"]{0,100}\")((?:\\s?;\\s?[a-z]{1,10}=[^;,]{1,100})*)");
    private static final Pattern OLD_ITEM = Pattern.compile("\\b(remaining|reset)=([0-9]{1,10})\\b");

    /** Numbers from here on are moments, not lengths of time: nobody waits for 31 years. */
    private static final long EARLIEST_MOMENT = 1_000_000_000;

    private RateLimitFields() {}

    /** Zero if the host asks for nothing that is understood. */
    static Duration leaveAlone(HttpHeaders headers, Instant now) {
        var wait = retryAfter(headers, now);
        for (var other : new Duration[] {
            rateLimit(headers, now),
            remainingAndReset(headers, "RateLimit-", now),
            remainingAndReset(headers, "X-RateLimit-", now)
        }) {
            wait = wait.compareTo(other) < 0 ? other : wait;
        }
        return wait;
    }

    private static Duration retryAfter(HttpHeaders headers, Instant now) {
        String text = headers.firstValue("Retry-After").orElse("").strip();
        if (SECONDS.matcher(text).matches()) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        var date = PartialDownload.date(text);
        return date == null ? Duration.ZERO : notNegative(Duration.between(now, date.toInstant()));
    }

    private static Duration rateLimit(HttpHeaders headers, Instant now) {
        String text = field(headers, "RateLimit");
        var wait = Duration.ZERO;
        var item = ITEM.matcher(text);
        while (item.find()) {
            if (parameter(item, "r") == 0) {
                long seconds = Math.max(parameter(item, "t"), -1);
                seconds = seconds >= 0 ? seconds : window(headers, item.group(1));
                wait = wait.getSeconds() < seconds ? Duration.ofSeconds(seconds) : wait;
            }
        }
        return wait.isZero() ? oldRateLimit(text, now) : wait;
    }

    private static Duration oldRateLimit(String text, Instant now) {
        long remaining = -1;
        long reset = -1;
        var item = OLD_ITEM.matcher(text);
        while (item.find()) {
            if (item.group(1).equals("remaining")) {
                remaining = Long.parseLong(item.group(2));
            } else {
                reset = Long.parseLong(item.group(2));
            }
        }
        return remaining == 0 ? until(reset, now) : Duration.ZERO;
    }

    /** The seconds in which the quota of a policy comes back; negative if it is not told. */
    private static long window(HttpHeaders headers, String name) {
        var item = ITEM.matcher(field(headers, "RateLimit-Policy"));
        while (item.find()) {
            if (item.group(1).equals(name)) {
                return parameter(item, "w");
            }
        }
        return -1;
    }

    /** A whole number; negative if there is none of that name. */
    private static long parameter(Matcher item, String name) {
        for (var parameter : item.group(2).split(";")) {
            String text = parameter.strip();
            String value = text.startsWith(name + "=") ? text.substring(name.length() + 1) : "";
            if (SECONDS.matcher(value).matches()) {
                return Long.parseLong(value);
            }
        }
        return -1;
    }

    private static Duration remainingAndReset(HttpHeaders headers, String prefix, Instant now) {
        String remaining = field(headers, prefix + "Remaining").strip();
        String reset = field(headers, prefix + "Reset").strip();
        return remaining.equals("0") && reset.matches("[0-9]{1,10}")
                ? until(Long.parseLong(reset), now)
                : Duration.ZERO;
    }

    private static Duration until(long reset, Instant now) {
        return notNegative(
                reset < EARLIEST_MOMENT
                        ? Duration.ofSeconds(reset)
                        : Duration.between(now, Instant.ofEpochSecond(reset)));
    }

    private static Duration notNegative(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    private static String field(HttpHeaders headers, String name) {
        String text = String.join(",", headers.allValues(name));
        return text.length() <= MOST_CHARS ? text : "";
    }
}
