package io.weighbridge.matcher.store;

/** The index was made with other settings than the present ones; neither time nor another attempt changes that. */
public final class UnfitIndexException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    UnfitIndexException(String message) {
        super(message);
    }
}
