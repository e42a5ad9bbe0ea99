package io.weighbridge.hasher.fetch;

import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.schemas.avro.Outcome;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Decides, for each hop of a download, whether its host may be asked, and at which address.
 *
 * <p><b>What was checked is what is used.</b> A name server can answer twice, first with a public address for the check, then with a private
 * one for the connection. So a name is resolved here and nowhere else, and the connection goes to the address found; the name goes into the
 * {@code Host} header and, for {@code https:}, into the handshake and the check of the certificate.
 */
final class HostGate {

    /**
     * An address that may be asked for.
     *
     * @param target without user, never with a fragment
     * @param address where to connect to, whatever the name says later
     */
    record Gate(URI target, InetAddress address) {

        /** In small letters, as in the address: IPv6 in brackets. */
        String host() {
            return target.getHost().toLowerCase(Locale.ROOT);
        }
    }

    /** How names become addresses. */
    interface Resolver {

        /** All addresses of a host, at least one. */
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private final Resolver resolver;
    private final Predicate<InetAddress> isAllowed;

    HostGate(Resolver resolver, Predicate<InetAddress> isAllowed) {
        this.resolver = resolver;
        this.isAllowed = isAllowed;
    }

    /** Asks public hosts alone, or any if private ones are allowed. */
    static HostGate of(FetchSettings settings) {
        return new HostGate(
                InetAddress::getAllByName, settings.allowsPrivateAddresses() ? any -> true : AddressPolicy::isPublic);
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
        String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        return new Gate(URI.create(address.getScheme() + "://" + address.getRawAuthority() + path + query), at);
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
