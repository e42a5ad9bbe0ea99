package io.weighbridge.hasher.fetch;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Which network addresses are public: all others lead into somebody's own network, ours first, or through somebody's gateway. IPv4-mapped
 * IPv6 addresses are IPv4 addresses to Java, and are judged as such; so are those of NAT64, by which networks without IPv4 reach all of it.
 */
final class AddressPolicy {

    /** Ranges of IPv4 that {@link InetAddress} has no question for: shared, protocol, test and reserved ones. */
    private static final List<Range> CLOSED_V4 = List.of(
            Range.of("0.0.0.0", 8),
            Range.of("100.64.0.0", 10),
            Range.of("168.63.129.16", 32), // the metadata service of one large cloud has a public address
            Range.of("192.0.0.0", 24),
            Range.of("192.0.2.0", 24),
            Range.of("198.18.0.0", 15),
            Range.of("198.51.100.0", 24),
            Range.of("203.0.113.0", 24),
            Range.of("240.0.0.0", 4));

    private static final List<Range> CLOSED_V6 = List.of(
            Range.of("::", 96), // IPv4-compatible
            Range.of("100::", 64), // discard
            Range.of("2001::", 23), // protocol assignments, Teredo among them
            Range.of("2001:db8::", 32), // documentation
            Range.of("2002::", 16), // 6to4, which carries an IPv4 address
            Range.of("64:ff9b::", 32), // translation inside a network
            Range.of("fc00::", 7)); // unique local

    /** The prefix of NAT64 (RFC 6052) before an IPv4 address. */
    private static final Range NAT64 = Range.of("64:ff9b::", 96);

    private static final int IPV4_BYTES = 4;

    private AddressPolicy() {}

    /** Whether the address is one of the public internet. */
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        if (address instanceof Inet4Address) {
            return CLOSED_V4.stream().noneMatch(range -> range.contains(address));
        }
        if (NAT64.contains(address)) {
            return isPublic(embedded(address));
        }
        return CLOSED_V6.stream().noneMatch(range -> range.contains(address));
    }

    /** The IPv4 address in the last bytes. */
    private static InetAddress embedded(InetAddress address) {
        byte[] bytes = address.getAddress();
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, bytes.length - IPV4_BYTES, bytes.length));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("every four bytes are an IPv4 address", e);
        }
    }

    /** All addresses that share the first {@code prefixBits} bits. */
    private record Range(InetAddress start, int prefixBits) {

        /** Parses a literal: nothing is looked up. */
        static Range of(String literal, int prefixBits) {
            try {
                return new Range(InetAddress.getByName(literal), prefixBits);
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException("address: expected a literal, got " + literal, e);
            }
        }

        boolean contains(InetAddress address) {
            byte[] a = start.getAddress();
            byte[] b = address.getAddress();
            if (a.length != b.length) {
                return false;
            }
            for (int bit = 0; bit < prefixBits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((a[bit / 8] & mask) != (b[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
