package io.weighbridge.hasher.format.tensorflow;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.protobuf.ByteWindow;
import io.weighbridge.hasher.format.protobuf.MessageReader;
import io.weighbridge.hasher.format.protobuf.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where the graphs are in a file, which is a GraphDef, a MetaGraphDef that holds one, or a SavedModel of MetaGraphDefs. None of them has a magic
 * number: a file is taken for one if its first node has a name and an operator as TensorFlow writes them, and what stands before is as it should be.
 */
enum GraphFile {
    GRAPH(0),
    META_GRAPH(1),
    SAVED_MODEL(2);

    /** Fields before the first node: versions, and the description of a MetaGraphDef. */
    private static final int MAX_FIELDS = 64;

    private static final int MAX_SCHEMA_VERSION = 1000;
    private static final Pattern NODE_NAME = Pattern.compile("[A-Za-z0-9._][A-Za-z0-9_>./\\\\-]*");
    private static final Pattern OPERATOR = Pattern.compile("[A-Za-z_][A-Za-z0-9_>.]*");

    /** How many messages are around a graph; it is field 2 of each. */
    private final int depth;

    GraphFile(int depth) {
        this.depth = depth;
    }

    /** Null if the file is none of them. */
    static GraphFile of(ModelBytes file) throws IOException {
        var window = new ByteWindow(file);
        var whole = new Span(0, file.sizeBytes());
        for (var kind : values()) {
            if (kind.isOf(window, whole)) {
                return kind;
            }
        }
        return null;
    }

    /** All graphs, in the order of the file. */
    List<Span> graphs(ByteWindow window) throws IOException {
        var found = List.of(new Span(0, window.file().sizeBytes()));
        for (int i = 0; i < depth; i++) {
            var inner = new ArrayList<Span>();
            for (var place : found) {
                var message = new MessageReader(window, place);
                while (message.next()) {
                    if (message.is(2, MessageReader.LENGTH)) {
                        inner.add(message.span());
                    } else {
                        message.skip();
                    }
                }
            }
            found = inner;
        }
        return found;
    }

    /** A file that ends early is told by what it begins with. */
    private boolean isOf(ByteWindow window, Span whole) throws IOException {
        try {
            return switch (this) {
                case GRAPH -> isGraph(window, whole);
                case META_GRAPH -> isMetaGraph(window, whole);
                default -> isSavedModel(window, whole);
            };
        } catch (ModelFormatException e) {
            return false;
        }
    }

    private static boolean isSavedModel(ByteWindow window, Span place) throws IOException {
        var message = new MessageReader(window, place);
        if (!message.next() || !message.is(1, MessageReader.VARINT)) {
            return false;
        }
        long version = message.varint();
        return version > 0
                && version < MAX_SCHEMA_VERSION
                && message.next()
                && message.is(2, MessageReader.LENGTH)
                && isMetaGraph(window, start(message, place));
    }

    private static boolean isMetaGraph(ByteWindow window, Span place) throws IOException {
        var message = new MessageReader(window, place);
        for (int i = 0; i < MAX_FIELDS && message.next(); i++) {
            if (message.is(2, MessageReader.LENGTH)) {
                return isGraph(window, start(message, place));
            }
            if (message.wireType() != MessageReader.LENGTH) {
                return false;
            }
            message.skip();
        }
        return false;
    }

    private static boolean isGraph(ByteWindow window, Span place) throws IOException {
        var message = new MessageReader(window, place);
        for (int i = 0; i < MAX_FIELDS && message.next(); i++) {
            if (message.is(1, MessageReader.LENGTH)) {
                return isNode(window, start(message, place));
            }
            boolean isVersion = message.field() == 3 && message.wireType() == MessageReader.VARINT;
            boolean isOther =
                    (message.field() == 2 || message.field() == 4) && message.wireType() == MessageReader.LENGTH;
            if (!isVersion && !isOther) {
                return false;
            }
            message.skip();
        }
        return false;
    }

    private static boolean isNode(ByteWindow window, Span place) throws IOException {
        var node = new MessageReader(window, place);
        if (!node.next()
                || !node.is(1, MessageReader.LENGTH)
                || !NODE_NAME.matcher(node.text()).matches()) {
            return false;
        }
        return node.next()
                && node.is(2, MessageReader.LENGTH)
                && OPERATOR.matcher(node.text()).matches();
    }

    /** The present value of a message, as far as it lies in the message around it. */
    private static Span start(MessageReader message, Span around) throws IOException {
        long length = message.varint();
        long left = around.end() - message.position();
        return new Span(message.position(), length < 0 ? left : Math.min(length, left));
    }
}
