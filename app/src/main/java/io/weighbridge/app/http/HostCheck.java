package io.weighbridge.app.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Refuses requests to a loopback server that name another host: a web page elsewhere can point its own name at 127.0.0.1 and would then be
 * of the same origin (DNS rebinding).
 */
final class HostCheck implements Handler {

    private final Set<String> allowed;

    private HostCheck(Set<String> allowed) {
        this.allowed = allowed;
    }

    static HostCheck loopback(String address) {
        var allowed = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]", "::1"));
        allowed.add(address.toLowerCase(Locale.ROOT));
        return new HostCheck(allowed);
    }

    @Override
    public void handle(Context context) {
        String host = context.header("Host");
        if (host == null || !allowed.contains(nameOf(host))) {
            throw new HttpResponseException(
                    HttpStatus.MISDIRECTED_REQUEST, "Host: expected localhost or a loopback address", Map.of());
        }
    }

    private static String nameOf(String host) {
        int colon = host.lastIndexOf(':');
        boolean hasPort = colon > host.lastIndexOf(']');
        return (hasPort ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
    }
}
