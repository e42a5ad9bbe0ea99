package io.weighbridge.app.http.resource;

import io.javalin.http.Context;
import io.weighbridge.app.client.FileAddress;
import io.weighbridge.app.http.Body;
import io.weighbridge.app.http.ProblemException;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.ProtectionMode;
import java.io.IOException;
import java.time.Instant;

/** A model to protect, as a request describes it: with the address of its file, or with the file. */
final class ProtectionForm {

    private static final int LONGEST_NAME = 500;
    private static final int LONGEST_URL = 4_000;

    private ProtectionForm() {}

    /**
     * From JSON with the address of the file.
     *
     * @throws ProblemException with status 422 if anything is wrong with it
     */
    static ProtectedModel of(Body body, Instant now) {
        var file = file(body);
        var model = model(body, file, now);
        body.check();
        return model;
    }

    /**
     * From a form with the file in it, which is kept.
     *
     * @throws ProblemException with status 422 if anything is wrong with the form, or with another one if the file is not kept
     */
    static ProtectedModel of(Context context, UploadedFiles files, Instant now) {
        var body = Body.ofForm(context);
        var uploaded = context.uploadedFiles("file");
        if (uploaded.size() != 1) {
            body.wrong("file", "expected one file, got " + uploaded.size());
        }
        var placeholder = ModelFile.newBuilder().setPath("").setUrl("").build();
        var model = model(body, placeholder, now);
        body.check();
        return ProtectedModel.newBuilder(model)
                .setFile(files.keep(uploaded.get(0)))
                .build();
    }

    private static ProtectedModel model(Body body, ModelFile file, Instant now) {
        String id = body.text("id", LONGEST_NAME);
        return ProtectedModel.newBuilder()
                .setId(id)
                .setOwner(body.text("owner", LONGEST_NAME))
                .setName(body.optionalText("name", LONGEST_NAME).orElse(id))
                .setFile(file)
                .setIsBaseline(body.flag("baseline"))
                .setMode(body.optionalOne("mode", ProtectionMode.class).orElse(ProtectionMode.LIVE))
                .setProtectedAt(now)
                .build();
    }

    private static ModelFile file(Body body) {
        String url = body.text("url", LONGEST_URL);
        var sha256 = body.optionalText("sha256", 64);
        sha256.filter(digest -> !digest.matches("[0-9a-f]{64}"))
                .ifPresent(digest -> body.wrong("sha256", "expected 64 hexadecimal digits in small letters"));
        return ModelFile.newBuilder(address(body, "url", url))
                .setSha256(sha256.orElse(null))
                .build();
    }

    /** What is at an address; a path of this machine is none. */
    static ModelFile address(Body body, String field, String url) {
        try {
            if (FileAddress.isUrl(url)) {
                return FileAddress.of(url);
            }
            body.wrong(field, "expected an address such as https://HOST/FILE, got " + url);
        } catch (IOException e) {
            body.wrong(field, "expected an address: " + e.getMessage());
        }
        return ModelFile.newBuilder().setPath("").setUrl("").build();
    }
}
