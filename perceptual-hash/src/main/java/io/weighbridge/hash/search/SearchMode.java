package io.weighbridge.hash.search;

/** How a place finds the neighbours of a code among those it holds. Both ways are exact. */
public enum SearchMode {
    /** Looks up every substring within the position's radius. Pays at small radii. */
    INDEX,
    /** Compares the code with every code of the place, which holds a share of all. Pays at large radii. */
    SCAN
}
