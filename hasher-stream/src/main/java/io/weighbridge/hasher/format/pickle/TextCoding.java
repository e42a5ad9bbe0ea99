package io.weighbridge.hasher.format.pickle;

import java.io.IOException;

/** How the opcodes of a pickle spell text. Bytes are spelled as text too, one character each, in protocols 0 to 2. */
enum TextCoding {
    /** Byte strings of Python 2. */
    LATIN1 {
        @Override
        int next(ByteCursor in) throws IOException {
            return in.next();
        }
    },

    /** Protocol 1 and later. */
    UTF8 {
        @Override
        int next(ByteCursor in) throws IOException {
            int lead = in.next();
            int more = lead < 0xc0 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
            int character = more == 0 ? lead : lead & 0x3f >> more;
            for (int i = 0; i < more; i++) {
                character = character << 6 | in.next() & 0x3f;
            }
            return character;
        }
    },

    /** Protocol 0: Latin-1, and {@code \}{@code u} with four or {@code \U} with eight hexadecimal digits. */
    RAW_UNICODE {
        @Override
        int next(ByteCursor in) throws IOException {
            int character = in.next();
            if (character != '\\') {
                return character;
            }
            return switch (in.peek()) {
                case 'u' -> hex(in, 4);
                case 'U' -> hex(in, 8);
                default -> character;
            };
        }
    },

    /** Protocol 0, byte strings of Python 2 as they are written in source code. */
    STRING_ESCAPE {
        @Override
        int next(ByteCursor in) throws IOException {
            int character = in.next();
            if (character != '\\') {
                return character;
            }
            int escape = in.peek();
            if (escape == 'x') {
                return hex(in, 2);
            }
            if (escape >= '0' && escape <= '7') {
                return octal(in);
            }
            int at = ESCAPES.indexOf(escape);
            if (at < 0) {
                return character;
            }
            in.next();
            return ESCAPED.charAt(at);
        }
    };

    private static final String ESCAPES = "\\'\"abfnrtv";
    private static final String ESCAPED = "\\'\"\u0007\b\f\n\r\t\u000b";

    /** The next character; something above 0x10ffff or below 0 if there is none. Relies on: {@code in} is not at its end. */
    abstract int next(ByteCursor in) throws IOException;

    /** Takes the letter of the escape and its digits. */
    private static int hex(ByteCursor in, int digits) throws IOException {
        in.next();
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(in.next(), 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private static int octal(ByteCursor in) throws IOException {
        int value = 0;
        for (int i = 0; i < 3 && in.peek() >= '0' && in.peek() <= '7'; i++) {
            value = value << 3 | in.next() - '0';
        }
        return value;
    }
}
