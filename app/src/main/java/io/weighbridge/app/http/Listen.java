package io.weighbridge.app.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where a server listens.
 *
 * @param address name or number of a local network interface; {@code 0.0.0.0} for all
 * @param port 0 for any free one
 */
public record Listen(String address, int port) {

    private static final int MAX_PORT = 65_535;

    public Listen {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port: expected 0 to " + MAX_PORT + ", got " + port);
        }
    }

    /** This machine only. */
    public static Listen loopback(int port) {
        return new Listen("127.0.0.1", port);
    }

    /** A name or number under which other machines may reach it: its address, or, if that stands for all, this machine's own. */
    public String reachableHost() {
        try {
            var given = InetAddress.getByName(address);
            return given.isAnyLocalAddress() ? InetAddress.getLocalHost().getHostAddress() : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }

    /** Whether only this machine can reach it. */
    boolean isLoopback() {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
