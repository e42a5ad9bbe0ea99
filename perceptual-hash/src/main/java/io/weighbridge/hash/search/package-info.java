/**
 * Exact search in Hamming space by substrings: the {@link io.weighbridge.hash.search.SubstringPlan} says where two codes meet, what to look
 * up there, and which meeting counts.
 */
package io.weighbridge.hash.search;
