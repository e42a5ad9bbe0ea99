package io.weighbridge.app.index;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.schemas.Setting;
import io.weighbridge.schemas.Settings;
import java.time.Duration;
import java.util.List;

/** The whole index, on however many instances of the matcher. An answer that lacks a partition is an error, never an answer. */
public final class IndexGateway {

    /** Setting: {@code HOST:PORT} of the management servers of some matchers, by commas; they name the others. */
    public static final String ADDRESSES = "weighbridge.matcher.addresses";

    /** What {@link #of} reads. */
    public static final List<Setting> SETTINGS = List.of(Setting.none(ADDRESSES));

    /** So many readers of a page may ask at once; all get the same answer. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final List<String> addresses;
    private final InstanceClient instances;
    private ObjectNode status;
    private long statusAt;

    private IndexGateway(List<String> addresses) {
        this.addresses = List.copyOf(addresses);
        instances = new InstanceClient(addresses);
    }

    /**
     * Asks the matchers that the settings name.
     *
     * @param byDefault those asked if the settings name none, by commas; may be empty
     */
    public static IndexGateway of(Settings settings, String byDefault) {
        return new IndexGateway(settings.list(ADDRESSES, byDefault));
    }

    /**
     * How the index fares; {@code indexComplete} tells whether every partition answers.
     *
     * @throws IncompleteIndexException if no matcher answers at all
     */
    public synchronized ObjectNode status() throws IncompleteIndexException {
        if (status == null || System.nanoTime() - statusAt > FRESH.toNanos()) {
            requireAddresses();
            status = new StatusMerge(instances.ask("/index")).json();
            statusAt = System.nanoTime();
        }
        return status.deepCopy();
    }

    /**
     * The protected models and baselines near a code.
     *
     * @throws IllegalArgumentException if the matcher has no such codes, or the radius is more than it searches
     * @throws IncompleteIndexException if a partition does not answer
     */
    public ObjectNode lookUp(IndexQuestion question) throws IncompleteIndexException {
        requireAddresses();
        var answers = instances.ask("/lookup?" + question.query());
        return new LookupMerge(answers.any(), answers.complete("answers"), question.limit()).json();
    }

    private void requireAddresses() throws IncompleteIndexException {
        if (addresses.isEmpty()) {
            throw new IncompleteIndexException("no matcher is known: " + ADDRESSES + " names none", List.of());
        }
    }
}
