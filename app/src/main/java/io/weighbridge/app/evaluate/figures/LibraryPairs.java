package io.weighbridge.app.evaluate.figures;

import io.weighbridge.app.evaluate.LibraryModel;
import io.weighbridge.app.evaluate.LibraryModel.Kind;
import io.weighbridge.app.evaluate.LibraryModel.Part;
import io.weighbridge.app.evaluate.codes.LibraryCodes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Every original of one part of a library with every other file of that part, the pairs of one original in a row. Files without a code are in no pair. */
public final class LibraryPairs {

    private static final Relation[] RELATIONS = Relation.values();

    private final LibraryCodes codes;
    private final List<Integer> originals;
    private final List<Integer> files;
    private final byte[] relations;

    private LibraryPairs(LibraryCodes codes, List<Integer> originals, List<Integer> files) {
        this.codes = codes;
        this.originals = originals;
        this.files = files;
        this.relations = new byte[Math.multiplyExact(originals.size(), Math.max(0, files.size() - 1))];
    }

    /** The pairs of one part; none if it has no original. */
    public static LibraryPairs of(LibraryCodes codes, Part part) {
        return of(codes, model -> model.part() == part);
    }

    /** The pairs among some of the models; none if there is no original. */
    static LibraryPairs of(LibraryCodes codes, Predicate<LibraryModel> condition) {
        var models = codes.models();
        var files = new ArrayList<Integer>();
        var originals = new ArrayList<Integer>();
        for (int m = 0; m < models.size(); m++) {
            if (condition.test(models.get(m))) {
                files.add(m);
                if (models.get(m).kind() == Kind.ORIGINAL) {
                    originals.add(m);
                }
            }
        }
        var pairs = new LibraryPairs(codes, originals, files);
        for (int i = 0; i < pairs.size(); i++) {
            pairs.relations[i] =
                    (byte) Relation.of(pairs.original(i), pairs.other(i)).ordinal();
        }
        return pairs;
    }

    LibraryCodes codes() {
        return codes;
    }

    public int size() {
        return relations.length;
    }

    /** Pairs that each original is in. */
    int pairsOfAnOriginal() {
        return files.size() - 1;
    }

    int originals() {
        return originals.size();
    }

    /** The place of pair {@code i}'s original among the models that have codes. */
    int originalIndex(int i) {
        return originals.get(i / pairsOfAnOriginal());
    }

    /** The place of pair {@code i}'s other file among the models that have codes. */
    int otherIndex(int i) {
        int original = originalIndex(i);
        int at = i % pairsOfAnOriginal();
        int file = files.get(at);
        return file < original ? file : files.get(at + 1);
    }

    LibraryModel original(int i) {
        return codes.models().get(originalIndex(i));
    }

    LibraryModel other(int i) {
        return codes.models().get(otherIndex(i));
    }

    Relation relation(int i) {
        return RELATIONS[relations[i]];
    }

    boolean isCopy(int i) {
        return relation(i) == Relation.COPY;
    }

    int[] copies() {
        return where(this::isCopy);
    }

    int[] strangers() {
        return where(i -> !isCopy(i));
    }

    /** The strangers, two originals once instead of once each way: for counting how often chance brings a pair together. */
    int[] distinctStrangers() {
        return where(i -> !isCopy(i) && !(other(i).kind() == Kind.ORIGINAL && otherIndex(i) < originalIndex(i)));
    }

    int[] where(IntPredicate condition) {
        return IntStream.range(0, size()).filter(condition).toArray();
    }
}
