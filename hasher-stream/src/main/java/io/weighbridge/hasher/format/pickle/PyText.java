package io.weighbridge.hasher.format.pickle;

import io.weighbridge.hasher.format.ByteRange;
import java.io.IOException;

/** Text too long for a name: it stays in the file, in case it spells the numbers of an array. */
record PyText(ByteRange bytes, TextCoding coding) {

    /** The bytes that the text stands for, one for each of its characters. */
    ByteRange latin1() throws IOException {
        return coding == TextCoding.LATIN1 ? bytes : SpelledBytes.of(bytes, coding);
    }
}
