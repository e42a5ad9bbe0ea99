package io.weighbridge.app.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of the loopback address. Nothing embedded listens on any other. */
final class Ports {

    /** The address, in the form that names and certificates cannot change. */
    static final String LOOPBACK = "127.0.0.1";

    private Ports() {}

    /**
     * The port itself, or a free one for 0.
     *
     * @throws BindException if it is taken; the message names it and what it was wanted for
     */
    static int free(int port, String purpose) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), port));
            return socket.getLocalPort();
        } catch (BindException e) {
            throw new BindException(purpose + " port " + port + " of " + LOOPBACK
                    + ": already in use; stop its owner, or choose another");
        }
    }
}
