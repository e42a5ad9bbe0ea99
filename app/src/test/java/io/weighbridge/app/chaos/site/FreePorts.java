package io.weighbridge.app.chaos.site;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of the loopback address for processes that start later. */
final class FreePorts {

    private FreePorts() {}

    /** One that nobody listens on now. */
    static int one() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
