package io.weighbridge.app.feed.cases;

import io.weighbridge.schemas.avro.Severity;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Cases that have something in common.
 *
 * @param key what they have in common
 * @param name the same for people
 * @param open those that wait for people
 * @param worst the highest severity of those that wait for people, or of all if none does
 * @param lastSeenAt of the newest
 */
public record CaseGroup(String key, String name, int cases, int open, Severity worst, Instant lastSeenAt) {

    /** Those with the most that waits for people first. */
    static final Comparator<CaseGroup> MOST_OPEN_FIRST = Comparator.comparingInt(CaseGroup::open)
            .thenComparingInt(CaseGroup::cases)
            .reversed()
            .thenComparing(CaseGroup::key);

    /** What cases are grouped by. */
    public enum By {
        PROTECTED(
                row -> row.protectedModel().getId(), row -> row.protectedModel().getName()),
        UPLOADER(
                row -> row.upload().getUploader() == null ? "" : row.upload().getUploader(),
                row -> row.upload().getUploader() == null
                        ? "unknown"
                        : row.upload().getUploader()),
        OWNER(row -> row.upload().getOwner(), row -> row.upload().getOwner());

        private final Function<CaseRow, String> key;
        private final Function<CaseRow, String> name;

        By(Function<CaseRow, String> key, Function<CaseRow, String> name) {
            this.key = key;
            this.name = name;
        }

        String key(CaseRow row) {
            return key.apply(row);
        }

        /** As written in addresses. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The one of that {@link #text()}. */
        public static Optional<By> of(String text) {
            return Stream.of(values()).filter(by -> by.text().equals(text)).findFirst();
        }
    }

    static CaseGroup of(By by, CaseRow row) {
        return new CaseGroup(
                by.key.apply(row), by.name.apply(row), 1, row.isOpen() ? 1 : 0, row.severity(), row.lastSeenAt());
    }

    /** Both together; the name is that of the newest. */
    CaseGroup with(CaseGroup other) {
        boolean isNewer = other.lastSeenAt.isAfter(lastSeenAt);
        return new CaseGroup(
                key,
                isNewer ? other.name : name,
                cases + other.cases,
                open + other.open,
                worst(other),
                isNewer ? other.lastSeenAt : lastSeenAt);
    }

    private Severity worst(CaseGroup other) {
        if ((open == 0) != (other.open == 0)) {
            return open == 0 ? other.worst : worst;
        }
        return worst.compareTo(other.worst) >= 0 ? worst : other.worst;
    }
}
