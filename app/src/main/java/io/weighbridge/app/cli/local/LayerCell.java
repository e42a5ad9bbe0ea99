package io.weighbridge.app.cli.local;

import io.weighbridge.hash.layer.LayerCode;
import io.weighbridge.hash.layer.LayerPair;
import java.util.Optional;

/** How near a layer is to its partner, in four steps. */
enum LayerCell {
    SAME("same", '█', '#', "31"),
    NEAR("near", '▓', '+', "33"),
    FAINT("uncertain", '░', '-', "2"),
    NONE("no match", '·', '.', "2");

    /** Up to this share of the bits a matching layer counts as the same: what precision and file formats change. */
    private static final double SAME_SHARE = .1;

    /** Up to this rate a layer that does not match is nearer than most strangers. */
    private static final double FAINT_RATE = .02;

    private final String words;
    private final char block;
    private final char plain;
    private final String colour;

    LayerCell(String words, char block, char plain, String colour) {
        this.words = words;
        this.block = block;
        this.plain = plain;
        this.colour = colour;
    }

    static LayerCell of(Optional<LayerPair> partner) {
        return partner.map(LayerCell::of).orElse(NONE);
    }

    private static LayerCell of(LayerPair pair) {
        if (pair.isMatch()) {
            return pair.distanceBits() <= SAME_SHARE * LayerCode.BITS ? SAME : NEAR;
        }
        return pair.falseMatchRate() <= FAINT_RATE ? FAINT : NONE;
    }

    /** Such as {@code same}. */
    String words() {
        return words;
    }

    char character(boolean hasBlocks) {
        return hasBlocks ? block : plain;
    }

    /** Number of a colour of ANSI terminals. */
    String colour() {
        return colour;
    }
}
