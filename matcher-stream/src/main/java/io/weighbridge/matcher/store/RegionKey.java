package io.weighbridge.matcher.store;

import io.weighbridge.hash.search.SearchMode;

/**
 * Which codes are searched together: those of one side that are kept at one place for one mode.
 *
 * @param place the algorithm, position and group, such as {@code pri@3/03/0}; ASCII
 */
public record RegionKey(String place, SearchMode mode, CodeSide side) {

    /** The algorithm's id. */
    public String algorithm() {
        return place.substring(0, place.indexOf('/'));
    }

    /** The same place and mode, another side. */
    public RegionKey of(CodeSide other) {
        return new RegionKey(place, mode, other);
    }
}
