package io.weighbridge.hasher.fetch;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Which network addresses are public: all others lead into somebody's own network, ours first. */
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
            Range.of("100::", 64), // discard
            Range.of("2001::", 23), // protocol assignments, Teredo among them
            Range.of("2001:db8::", 32), // documentation
            Range.of("64:ff9b:1::", 48), // translation inside a network
            Range.of("fc00::", 7)); // unique local

    /** Ranges of IPv6 that carry an IPv4 address, which is then what counts, and where in them it is. */
    private static final Range COMPATIBLE = Range.of("::", 96);

    private static final Range TRANSLATED = Range.of("64:ff9b::", 96);
    private static final Range SIX_TO_FOUR = Range.of("2002::", 16);

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
        return CLOSED_V6.stream().noneMatch(range -> range.contains(address)) && isPublicInside((Inet6Address) address);
    }

    private static boolean isPublicInside(Inet6Address address) {
        if (COMPATIBLE.contains(address) || TRANSLATED.contains(address)) {
            return isPublic(inside(address, 12));
        }
        return !SIX_TO_FOUR.contains(address) || isPublic(inside(address, 2));
    }

    private static InetAddress inside(Inet6Address address, int fromByte) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), fromByte, fromByte + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an IPv4 address", e);
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
