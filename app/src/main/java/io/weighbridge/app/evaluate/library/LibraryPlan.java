package io.weighbridge.app.evaluate.library;

import io.weighbridge.app.evaluate.LibraryModel.Part;
import io.weighbridge.app.zoo.Architecture;
import io.weighbridge.app.zoo.ImageTask.Difficulty;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a library will hold. Any first part of its families has all architectures and both parts, as far as its length allows.
 *
 * @param name of the plan
 * @param originalSteps how long originals are trained
 * @param effort factor of the steps of all other training
 * @param changes made of each original, if they can be
 */
public record LibraryPlan(
        String name,
        List<Family> families,
        int originalSteps,
        double effort,
        int trainingPictures,
        int testPictures,
        List<Change> changes) {

    /** Raised whenever another library comes out of the same plan. */
    private static final int VERSION = 1;

    private static final String[] USES = {"", "-transfer", "-other"};
    private static final double[] WIDTHS = {1, 0.9, 1.1};

    /** The library that figures are reported of. */
    public static LibraryPlan full() {
        return new LibraryPlan("full", families(List.of(Architecture.values()), 6, 2), 120, 0.4, 1200, 200, Change.ALL);
    }

    /** A library that is made in a minute, to see that all works. */
    public static LibraryPlan small() {
        var architectures = List.of(Architecture.PLAIN, Architecture.PLAIN_BN, Architecture.LENET);
        return new LibraryPlan("small", families(architectures, 1, 2), 40, 0.1, 400, 100, Change.CHEAP);
    }

    public LibraryPlan {
        families = List.copyOf(families);
        changes = List.copyOf(changes);
    }

    /** The plan of a name. */
    public static LibraryPlan named(String name) {
        return Stream.of(full(), small())
                .filter(plan -> plan.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no plan " + name));
    }

    Family family(String name) {
        return families.stream()
                .filter(family -> family.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no family " + name));
    }

    /** How many models of a family are made in a phase. */
    int size(Phase phase, Family family) {
        return phase == Phase.ORIGINALS ? 1 : changes(family).size();
    }

    /** How many models the library will have. */
    public int size() {
        return families.stream().mapToInt(family -> 1 + changes(family).size()).sum();
    }

    /** The changes that can be made to the original of a family. */
    List<Change> changes(Family family) {
        return changes.stream()
                .filter(change -> family.hasNorms() || !change.needsNorms())
                .toList();
    }

    /** Says all that decides what comes out. Not the list of changes: one that is new is made of the originals that are there. */
    String settings() {
        return "version %d, plan %s: %d families of %d steps, effort %s"
                .formatted(VERSION, name, families.size(), originalSteps, effort);
    }

    private static List<Family> families(List<Architecture> architectures, int tasksOfAPart, int seeds) {
        var families = new ArrayList<Family>();
        for (int seed = 0; seed < seeds; seed++)
            for (int task = 0; task < tasksOfAPart; task++)
                for (var part : Part.values())
                    for (var architecture : architectures)
                        families.add(family(architecture, part, task, seed, families.size()));
        return families;
    }

    private static Family family(Architecture architecture, Part part, int number, int seed, int serial) {
        var task = task(part, number, 0, 6 + (number * 5 + part.ordinal() * 3) % 7);
        var transfer = task(part, number, 1, task.classCount());
        var other = task(part, number, 2, task.classCount() > 8 ? task.classCount() - 3 : task.classCount() + 3);
        var name = architecture.id() + "-" + task.name() + "-" + (char) ('a' + seed);
        return new Family(
                name,
                architecture,
                WIDTHS[number % WIDTHS.length],
                task,
                transfer,
                other,
                part,
                1000L * (1 + part.ordinal()) + serial);
    }

    /** Relies on: no two of all tasks have one seed. */
    private static Task task(Part part, int number, int use, int classCount) {
        long seed = 10_000L * (1 + part.ordinal()) + 10L * number + use;
        var difficulty = new Difficulty(2 + number % 2, 0.4 + 0.05 * (number % 4), 2 + 0.25 * (number % 3));
        return new Task((part == Part.TUNING ? "t" : "r") + (number + 1) + USES[use], classCount, seed, difficulty);
    }
}
