package io.weighbridge.hasher.fetch;

/** A file has to wait for room in the spool. Nobody waits with a host's connection in hand, so it is to be asked for again then. */
final class NoRoomException extends Exception {

    private static final long serialVersionUID = 1L;

    private final long bytes;

    /** @param bytes what the file needs, in all */
    NoRoomException(long bytes) {
        super("no room in the spool for " + bytes + " bytes");
        this.bytes = bytes;
    }

    long bytes() {
        return bytes;
    }
}
