package io.weighbridge.app.http.resource;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.weighbridge.app.client.KeptFiles;
import io.weighbridge.app.http.Parameters;
import io.weighbridge.app.http.Routes;
import io.weighbridge.app.http.access.ApiRole;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gives hashers elsewhere the files that were sent here. The signature of the link is all the right that it needs. */
final class FileRoutes implements Routes {

    private final Optional<KeptFiles> kept;

    FileRoutes(Optional<KeptFiles> kept) {
        this.kept = kept;
    }

    @Override
    public void mount(RoutesConfig routes) {
        routes.get(ROOT + "/files/{sha256}", this::file, ApiRole.ANYONE);
    }

    private void file(Context context) throws IOException {
        var parameters = Parameters.of(context, Set.of("expires", "signature"));
        var file = kept.flatMap(files -> files.linked(
                        context.pathParam("sha256"),
                        parameters.text("expires").orElse(""),
                        parameters.text("signature").orElse("")))
                .orElseThrow(
                        () -> new NotFoundResponse("file: no such link, or its time is over", Map.of("kind", "file")));
        context.contentType("application/octet-stream");
        context.header("Content-Length", Long.toString(Files.size(file)));
        context.header("Cache-Control", "no-store");
        context.result(Files.newInputStream(file));
    }
}
