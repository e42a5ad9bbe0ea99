package io.weighbridge.app.http.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.weighbridge.app.client.Publisher;
import io.weighbridge.app.client.RepositoryName;
import io.weighbridge.app.http.Body;
import io.weighbridge.app.http.Query;
import io.weighbridge.app.http.Responses;
import io.weighbridge.app.http.Routes;
import io.weighbridge.app.http.access.ApiRole;
import io.weighbridge.hasher.fetch.HubAddress;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.UploadEvent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks for a scan of what is at an address, as if it had been uploaded now. */
final class ScanRequests implements Routes {

    private static final int MOST_FILES = 1_000;
    private static final int LONGEST = 4_000;
    private static final int LONGEST_NAME = 500;
    private static final String DEFAULT_HUB = "api";
    private static final String DEFAULT_REVISION = "main";

    private final Writes writes;

    ScanRequests(Writes writes) {
        this.writes = writes;
    }

    @Override
    public void mount(RoutesConfig routes) {
        routes.post(ROOT + "/scans", this::scan, ApiRole.CURATOR);
    }

    private void scan(Context context) {
        Query.none(context);
        var body = Body.of(context);
        var event = event(body);
        body.check();
        writes.publish(publisher -> publisher.upload(event));
        context.header("Location", ROOT + "/uploads/" + URLEncoder.encode(event.getId(), StandardCharsets.UTF_8));
        Responses.json(
                context,
                HttpStatus.ACCEPTED,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("id", event.getId())
                        .put("hub", event.getHub())
                        .put("repo", event.getRepo())
                        .put("revision", event.getRevision())
                        .put("uploadedAt", event.getUploadedAt().toString()));
    }

    private UploadEvent event(Body body) {
        String repo = body.text("repo", LONGEST_NAME);
        if (!RepositoryName.isOne(repo)) {
            body.wrong("repo", "expected OWNER/NAME, got " + repo);
        }
        List<ModelFile> files = files(body);
        var address = files.isEmpty()
                ? Optional.<HubAddress>empty()
                : HubAddress.of(files.get(0).getUrl());
        return UploadEvent.newBuilder()
                .setId(Publisher.newId())
                .setHub(body.optionalText("hub", LONGEST_NAME).orElse(DEFAULT_HUB))
                .setRepo(repo)
                .setRevision(body.optionalText("revision", LONGEST_NAME)
                        .or(() -> address.map(HubAddress::revision))
                        .orElse(DEFAULT_REVISION))
                .setOwner(body.optionalText("owner", LONGEST_NAME).orElseGet(() -> repo.replaceFirst("/.*", "")))
                .setUploader(body.optionalText("uploader", LONGEST_NAME).orElse(null))
                .setLicense(body.optionalText("license", LONGEST_NAME).orElse(null))
                .setFiles(files)
                .setUploadedAt(writes.now())
                .build();
    }

    private static List<ModelFile> files(Body body) {
        var files = new ArrayList<ModelFile>();
        body.optionalText("url", LONGEST).ifPresent(url -> files.add(ProtectionForm.address(body, "url", url)));
        body.texts("files", MOST_FILES, LONGEST).forEach(url -> files.add(ProtectionForm.address(body, "files", url)));
        if (files.isEmpty()) {
            body.wrong("url", "expected an address, here or in files");
        }
        return files;
    }
}
