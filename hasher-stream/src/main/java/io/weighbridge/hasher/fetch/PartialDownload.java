package io.weighbridge.hasher.fetch;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What earlier attempts brought of a file, and by what its host can tell that the rest belongs to it.
 *
 * <p>An attempt after a broken one asks for the rest alone, on condition that the file is still the same ({@code If-Range}, RFC 9110). That
 * takes a strong validator: an entity tag that is not weak, or a date of change at least a second older than the answer. Without one the
 * file is asked for from its first byte.
 */
final class PartialDownload {

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\\*)");
    private static final Pattern STRONG_TAG = Pattern.compile("\"[\\x21\\x23-\\x7E]{0,256}\"");

    private final Path file;
    private volatile long bytes;
    private long totalBytes = -1;
    private String validator;
    private String from;

    PartialDownload(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /** Bytes in the file, which are the first ones of the whole. */
    long bytes() {
        return bytes;
    }

    /** Length of the whole; negative if the host did not say. */
    long totalBytes() {
        return totalBytes;
    }

    /** What to ask an address with: the rest if the bytes came from there, else nothing special. */
    Map<String, String> conditions(URI address) {
        return bytes > 0 && validator != null && ShownAddress.of(address).equals(from)
                ? Map.of("Range", "bytes=" + bytes + "-", "If-Range", validator)
                : Map.of();
    }

    /** The host sends the whole file: what was here counts no more. */
    void startOver(URI address, HttpHeaders headers) {
        bytes = 0;
        totalBytes = headers.firstValueAsLong("Content-Length").orElse(-1);
        validator = strongValidator(headers);
        from = ShownAddress.of(address);
    }

    /** Forgets everything: the next attempt asks for the whole file. */
    void forget() {
        bytes = 0;
        totalBytes = -1;
        validator = null;
    }

    /** Why the answer is not the rest of this file; null if it is. From then on its length is known. */
    String mismatch(HttpHeaders headers) {
        String text = headers.firstValue("Content-Range").orElse("").strip();
        var range = CONTENT_RANGE.matcher(text);
        String expected = "Content-Range: expected bytes " + bytes + "-" + (totalBytes < 0 ? "" : totalBytes - 1) + "/"
                + (totalBytes < 0 ? "*" : totalBytes) + ", got "
                + (range.matches() ? text : "none that is valid");
        if (!range.matches()) {
            return expected;
        }
        long last = Long.parseLong(range.group(2));
        long total = range.group(3).equals("*") ? last + 1 : Long.parseLong(range.group(3));
        boolean isRest = Long.parseLong(range.group(1)) == bytes && last == total - 1 && last >= bytes;
        if (!isRest || totalBytes >= 0 && totalBytes != total) {
            return expected;
        }
        String tag = headers.firstValue("ETag").orElse(validator);
        if (validator.startsWith("\"") && !tag.equals(validator)) {
            return "ETag: expected that of the first bytes, got another";
        }
        totalBytes = total;
        return null;
    }

    void add(int count) {
        bytes += count;
    }

    private static String strongValidator(HttpHeaders headers) {
        String tag = headers.firstValue("ETag").orElse("").strip();
        if (!tag.isEmpty()) {
            return STRONG_TAG.matcher(tag).matches() ? tag : null;
        }
        String changed = headers.firstValue("Last-Modified").orElse("").strip();
        var date = date(headers.firstValue("Date").orElse(""));
        var change = date(changed);
        return date != null && change != null && Duration.between(change, date).compareTo(Duration.ofSeconds(1)) >= 0
                ? changed
                : null;
    }

    /** A date of HTTP; null if it is none. */
    static ZonedDateTime date(String text) {
        try {
            return ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT));
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
