package io.weighbridge.hasher.fetch;

import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.schemas.avro.Outcome;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides, for each hop of a download, whether its host may be asked, and at which address.
 *
 * <p><b>What was checked is what is used.</b> A name server can answer twice, first with a public address for the check, then with a private
 * one for the connection. {@code java.net.http} resolves names itself, so:
 *
 * <ul>
 *   <li>{@code http:} connects to the checked address itself and names the host in the {@code Host} header. The JVM must allow that from
 *       its start: {@code -Djdk.httpclient.allowRestrictedHeaders=host}.
 *   <li>{@code https:}, and {@code http:} without that permission, connects by name. What protects there is the JVM's cache of resolved
 *       names (30 s, so the connection nearly always uses the very answer that was checked) and, for {@code https:}, the certificate: a
 *       private host cannot show one for the name in the URL, so it receives a TLS handshake, but never a request.
 * </ul>
 */
final class HostGate {

    private static final Logger LOG = LoggerFactory.getLogger(HostGate.class);
    private static final String HOST_HEADER = "jdk.httpclient.allowRestrictedHeaders";

    /** An address that may be asked for: the form to connect to, and the host to name there when it is not in that form. */
    record Gate(URI target, String hostHeader) {}

    /** How names become addresses. */
    interface Resolver {

        /** All addresses of a host, at least one. */
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private final Resolver resolver;
    private final Predicate<InetAddress> isAllowed;
    private final boolean pinsAddresses;

    /** @param pinsAddresses whether {@code http:} connects to the very address that was checked */
    HostGate(Resolver resolver, Predicate<InetAddress> isAllowed, boolean pinsAddresses) {
        this.resolver = resolver;
        this.isAllowed = isAllowed;
        this.pinsAddresses = pinsAddresses;
    }

    /** Asks public hosts alone, or any if private ones are allowed. */
    static HostGate of(FetchSettings settings) {
        boolean pinsAddresses = maySetHostHeader();
        if (settings.allowsPrivateAddresses()) {
            return new HostGate(InetAddress::getAllByName, any -> true, pinsAddresses);
        }
        if (!pinsAddresses) {
            LOG.warn("fetch: http: addresses are checked, then resolved again; -D{}=host would pin them", HOST_HEADER);
        }
        return new HostGate(InetAddress::getAllByName, AddressPolicy::isPublic, pinsAddresses);
    }

    /** Why this address is not asked whoever its host is; null if there is no such reason. */
    NotFetched refusal(URI address, URI from) {
        if (address.getRawUserInfo() != null) {
            return forbidden("url: user names and passwords in addresses are refused");
        }
        if (address.getHost() == null) {
            return new NotFetched(Outcome.MALFORMED, "url: expected a host, got none that is valid");
        }
        boolean downgrades = "https".equalsIgnoreCase(from.getScheme()) && "http".equalsIgnoreCase(address.getScheme());
        return downgrades ? forbidden("redirect from https: to http:") : null;
    }

    /**
     * The addresses of the host, all of them allowed.
     *
     * @throws ForbiddenAddressException if one of them is not
     */
    InetAddress[] resolve(URI address) throws UnknownHostException, ForbiddenAddressException {
        var addresses = resolver.resolve(address.getHost());
        if (!Arrays.stream(addresses).allMatch(isAllowed)) {
            throw new ForbiddenAddressException(address.getHost() + " has an address that is not public; "
                    + FetchSettings.ALLOW_PRIVATE_ADDRESSES + "=true would allow it");
        }
        return addresses;
    }

    /** How to ask for {@code address} at one of the addresses of its host. */
    Gate open(URI address, InetAddress at) {
        if (!pinsAddresses || !"http".equalsIgnoreCase(address.getScheme())) {
            return new Gate(withoutFragment(address, address.getRawAuthority()), null);
        }
        String literal = at instanceof Inet6Address ? "[" + at.getHostAddress() + "]" : at.getHostAddress();
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return new Gate(withoutFragment(address, literal + port), address.getRawAuthority());
    }

    private static URI withoutFragment(URI address, String authority) {
        String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        return URI.create(address.getScheme() + "://" + authority + path + query);
    }

    /** Whether the JVM was started so that requests may name another host than the one they connect to. */
    static boolean maySetHostHeader() {
        try {
            HttpRequest.newBuilder().header("Host", "localhost");
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static NotFetched forbidden(String reason) {
        return new NotFetched(Outcome.FORBIDDEN, reason);
    }

    /** A host has an address that may not be asked. The message names the setting that would allow it. */
    static final class ForbiddenAddressException extends Exception {

        private static final long serialVersionUID = 1L;

        ForbiddenAddressException(String message) {
            super(message);
        }
    }
}
