package io.weighbridge.app.chaos.load;

import io.weighbridge.app.PlainScan;
import io.weighbridge.app.demo.DemoModel;
import io.weighbridge.app.demo.DemoSet;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Every kind of upload: copies, strangers and broken files that ship with the program, and what cannot be fetched. */
public final class Catalogue {

    private static final String LARGE = "large.safetensors";
    private static final int LARGE_BYTES = 2 << 20;
    private static final String WRONG_DIGEST = "0".repeat(64);

    private final ModelHub hub;
    private final List<DemoModel> originals;
    private final List<Sample> samples = new ArrayList<>();

    private Catalogue(ModelHub hub, List<DemoModel> originals) {
        this.hub = hub;
        this.originals = originals;
    }

    /** Writes the files into the folder that the hub serves, and asks the oracle what becomes of each. */
    public static Catalogue of(Path folder, ModelHub hub) throws IOException {
        var set = DemoSet.load();
        set.extractTo(folder);
        Files.write(folder.resolve(LARGE), new byte[LARGE_BYTES]);
        var catalogue = new Catalogue(hub, set.protectedModels());
        var oracle = new PlainScan(set, folder);
        for (DemoModel model : set.uploads()) {
            catalogue.addKinds(model, oracle.outcomeOf(model), oracle.matchesOf(model));
        }
        catalogue.addUnfetchable(set.uploads().get(0));
        return catalogue;
    }

    /** The models to protect. */
    List<DemoModel> originals() {
        return originals;
    }

    ModelFile fileOf(DemoModel original) {
        return file(original.file(), hub.address(original.file(), 0, 0, "original"), original.sha256());
    }

    Sample any(Random random) {
        return samples.get(random.nextInt(samples.size()));
    }

    /** One whose download takes as long as one likes. */
    Sample anyCopy(Random random) {
        var copies =
                samples.stream().filter(sample -> !sample.matches().isEmpty()).toList();
        return copies.get(random.nextInt(copies.size()));
    }

    private void addKinds(DemoModel model, Outcome outcome, List<String> matches) {
        String name = model.file();
        add(model.id(), outcome, matches, (key, millis) -> file(name, hub.address(name, millis, 0, key), null));
        add(
                model.id() + "-stated",
                outcome,
                matches,
                (key, millis) -> file(name, hub.address(name, millis, 0, key), model.sha256()));
        add(
                model.id() + "-broken-off",
                outcome,
                matches,
                (key, millis) -> file(name, hub.address(name, millis, 2, key), null));
    }

    private void addUnfetchable(DemoModel model) {
        String name = model.file();
        add(
                "nobody/missing",
                Outcome.UNREACHABLE,
                List.of(),
                (key, millis) -> file("gone.zip", hub.address("gone.zip", millis, 0, key), null));
        add(
                "nobody/large",
                Outcome.TOO_LARGE,
                List.of(),
                (key, millis) -> file(LARGE, hub.address(LARGE, millis, 0, key), null));
        add("nobody/local", Outcome.FORBIDDEN, List.of(), (key, millis) -> file("passwd", "file:///etc/passwd", null));
        add(
                "nobody/other",
                Outcome.DIGEST_MISMATCH,
                List.of(),
                (key, millis) -> file(name, hub.address(name, millis, 0, key), WRONG_DIGEST));
    }

    private void add(String repo, Outcome outcome, List<String> matches, Sample.Source source) {
        samples.add(new Sample(repo, outcome, matches, source));
    }

    private static ModelFile file(String path, String url, String sha256) {
        return ModelFile.newBuilder()
                .setPath(path)
                .setUrl(url)
                .setSha256(sha256)
                .build();
    }
}
