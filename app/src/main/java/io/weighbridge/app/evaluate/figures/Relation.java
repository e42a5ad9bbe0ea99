package io.weighbridge.app.evaluate.figures;

import io.weighbridge.app.evaluate.LibraryModel;
import io.weighbridge.app.evaluate.LibraryModel.Kind;
import java.util.Locale;

/** What a file is to the original that it is compared with. All but a copy are strangers: they must not match. */
public enum Relation {
    /** Holds the original's weights, changed or not. */
    COPY,
    /** Learned from this original's answers. */
    STUDENT,
    /** This original's architecture, freshly initialised. */
    FRESH,
    /** Another family of the same architecture and task. */
    SAME_TASK,
    /** Another family of the same architecture, of another task or of one that is not known. */
    SAME_ARCHITECTURE,
    /** Another family of another architecture. */
    OTHER;

    /** What {@code other} is to {@code original}. */
    static Relation of(LibraryModel original, LibraryModel other) {
        if (original.family().equals(other.family())) {
            return other.kind().isCopy() ? COPY : other.kind() == Kind.STUDENT ? STUDENT : FRESH;
        }
        if (!original.architecture().equals(other.architecture())) {
            return OTHER;
        }
        boolean sameTask = !original.task().isEmpty() && original.task().equals(other.task());
        return sameTask ? SAME_TASK : SAME_ARCHITECTURE;
    }

    /** As in the figures. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
