package io.weighbridge.hasher.fetch;

import java.net.URI;

/** Addresses as reasons and logs may show them: scheme, host, port and path. User and query grant access as often as not. */
final class ShownAddress {

    private ShownAddress() {}

    static String of(URI address) {
        String host = address.getHost() == null ? "" : address.getHost();
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        String path = address.getRawPath() == null ? "" : address.getRawPath();
        return address.getScheme() + "://" + host + port + path;
    }
}
