/**
 * How well each column tells copies from strangers. Every original is compared with every other file of its part; a pair has a score (larger
 * is nearer), and all figures are functions of the scores of copies and of strangers. Ties always count against the hash.
 */
package io.weighbridge.app.evaluate.figures;
