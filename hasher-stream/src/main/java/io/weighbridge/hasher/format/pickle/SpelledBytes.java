package io.weighbridge.hasher.format.pickle;

import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.ModelFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes that a pickle spells as text. They are worked out anew at each read, from the nearest place before that was kept when the text
 * was walked over once.
 */
final class SpelledBytes implements ByteRange {

    private static final int BYTES_PER_PLACE = 1 << 14;

    private final ByteRange text;
    private final TextCoding coding;
    private final List<Long> places = new ArrayList<>();
    private long sizeBytes;

    private SpelledBytes(ByteRange text, TextCoding coding) {
        this.text = text;
        this.coding = coding;
    }

    /** Walks over the text once; fails if it holds a character that is no byte. */
    static SpelledBytes of(ByteRange text, TextCoding coding) throws IOException {
        var spelled = new SpelledBytes(text, coding);
        var in = new ByteCursor(text, 0);
        while (!in.isAtEnd()) {
            if (spelled.sizeBytes % BYTES_PER_PLACE == 0) {
                spelled.places.add(in.position());
            }
            int character = coding.next(in);
            if (character < 0 || character > 0xff) {
                throw ModelFormatException.malformed(
                        "bytes spelled as text: expected Latin-1, got another character at byte " + spelled.sizeBytes
                                + " of them");
            }
            spelled.sizeBytes++;
        }
        return spelled;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public void readInto(ByteBuffer target, long offset, String what) throws IOException {
        if (offset < 0 || target.remaining() > sizeBytes - offset) {
            throw ModelFormatException.malformed(what + " at byte " + offset + ": expected " + target.remaining()
                    + " bytes, there are " + sizeBytes);
        }
        if (!target.hasRemaining()) {
            return;
        }
        var in = new ByteCursor(text, places.get((int) (offset / BYTES_PER_PLACE)));
        for (long skipped = offset % BYTES_PER_PLACE; skipped > 0; skipped--) {
            coding.next(in);
        }
        while (target.hasRemaining()) {
            target.put((byte) coding.next(in));
        }
    }
}
