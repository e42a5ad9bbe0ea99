package io.weighbridge.app.index;

import java.util.List;

/** Some partitions of the index were not answered for, so nothing can be said of the whole. */
public final class IncompleteIndexException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Integer> missing;

    /** @param missing the partitions; empty if it is not even known how many there are */
    public IncompleteIndexException(String message, List<Integer> missing) {
        super(message);
        this.missing = List.copyOf(missing);
    }

    /** The partitions that were not answered for; empty if it is not known how many there are. */
    public List<Integer> missing() {
        return missing;
    }
}
