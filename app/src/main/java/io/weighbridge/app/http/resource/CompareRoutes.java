package io.weighbridge.app.http.resource;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import io.javalin.http.UploadedFile;
import io.weighbridge.app.compare.ComparisonJson;
import io.weighbridge.app.compare.FileComparison;
import io.weighbridge.app.http.Body;
import io.weighbridge.app.http.ProblemException;
import io.weighbridge.app.http.Query;
import io.weighbridge.app.http.Responses;
import io.weighbridge.app.http.Routes;
import io.weighbridge.app.http.access.Access;
import io.weighbridge.app.http.access.ApiRole;
import io.weighbridge.app.http.access.BodyLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Compares two files that a request carries; one comparison at a time for each actor. Nothing of them is kept. */
final class CompareRoutes implements Routes {

    /** Setting: most bytes of both files and their form. */
    static final String MOST_BYTES = "weighbridge.api.compare.max.bytes";

    static final long DEFAULT_MOST_BYTES = 1L << 31;

    private final FileComparison comparison;
    private final long mostBytes;
    private final Set<String> comparing = ConcurrentHashMap.newKeySet();

    CompareRoutes(FileComparison comparison, long mostBytes) {
        this.comparison = comparison;
        this.mostBytes = mostBytes;
    }

    @Override
    public void mount(RoutesConfig routes) {
        routes.addEndpoint(
                new BodyLimit(mostBytes).endpoint(HandlerType.POST, ROOT + "/compare", ApiRole.ANALYST, this::compare));
    }

    private void compare(Context context) throws IOException {
        Query.none(context);
        String actor = Access.actor(context).name();
        if (!comparing.add(actor)) {
            context.header("Retry-After", "5");
            throw new ProblemException(HttpStatus.TOO_MANY_REQUESTS, "comparisons at once: expected at most 1");
        }
        try {
            var body = Body.ofForm(context);
            UploadedFile a = file(context, body, "a");
            UploadedFile b = file(context, body, "b");
            body.check();
            compare(context, a, b);
        } finally {
            comparing.remove(actor);
        }
    }

    private static UploadedFile file(Context context, Body body, String name) {
        var files = context.uploadedFiles(name);
        if (files.size() != 1) {
            body.wrong(name, "expected one file, got " + files.size());
        }
        return files.isEmpty() ? null : files.get(0);
    }

    private void compare(Context context, UploadedFile a, UploadedFile b) throws IOException {
        Path copyOfA = Files.createTempFile("weighbridge-compare-", ".part");
        Path copyOfB = Files.createTempFile("weighbridge-compare-", ".part");
        try {
            copy(a, copyOfA);
            copy(b, copyOfB);
            Responses.json(
                    context, ComparisonJson.of(comparison.compare(copyOfA, a.filename(), copyOfB, b.filename())));
        } finally {
            Files.deleteIfExists(copyOfA);
            Files.deleteIfExists(copyOfB);
        }
    }

    private static void copy(UploadedFile file, Path to) throws IOException {
        try (var content = file.content();
                var out = Files.newOutputStream(to)) {
            content.transferTo(out);
        }
    }
}
