package io.weighbridge.matcher;

import io.weighbridge.hash.search.SearchMode;
import io.weighbridge.matcher.store.CodeSide;

/**
 * The codes that one partition keeps at one position, for one mode and side.
 *
 * @param algorithm with version
 * @param place such as {@code pri@3/03/0}, or {@code pri@3/baseline}
 * @param entries how many codes
 * @param bytes of memory that they take, with their identities and tables
 */
public record IndexCodes(String algorithm, String place, SearchMode mode, CodeSide side, long entries, long bytes) {}
