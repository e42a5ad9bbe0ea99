package io.weighbridge.app.evaluate.figures;

import io.weighbridge.app.evaluate.LibraryModel;

/**
 * Tells copies that still do something from those whose accuracy was destroyed: a copy is destroyed if it lost more than {@code lost} of the
 * original's accuracy above chance. Each is measured on its own task, so a transferred copy on the task it was transferred to. What was not
 * measured counts as kept.
 *
 * @param chance accuracy of guessing: one over the number of classes
 * @param lost share of the accuracy above chance
 */
public record KeptAccuracy(double chance, double lost) {

    /** Ten classes, a third. */
    public static final KeptAccuracy STANDARD = new KeptAccuracy(.1, 1.0 / 3);

    /** Whether the copy is of no more use. */
    public boolean isDestroyed(LibraryModel copy) {
        if (copy.accuracy().isEmpty() || copy.originalAccuracy().isEmpty()) {
            return false;
        }
        double original = copy.originalAccuracy().getAsDouble() - chance;
        return original > 0 && copy.accuracy().getAsDouble() - chance < (1 - lost) * original;
    }
}
