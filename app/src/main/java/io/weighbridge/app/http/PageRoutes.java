package io.weighbridge.app.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.weighbridge.app.http.access.ApiRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The dashboard and what belongs to it: fixed files, read once. What a folder of the class path holds cannot be listed, so they are named. */
final class PageRoutes {

    /** All but the first, which is at the root, are served under their names. */
    static final List<String> FILES = List.of(
            "index.html",
            "app.js",
            "icon.svg",
            "css/base.css",
            "css/parts.css",
            "css/shell.css",
            "css/views.css",
            "lib/api.js",
            "lib/casewords.js",
            "lib/charts.js",
            "lib/deadletters.js",
            "lib/decide.js",
            "lib/dialogs.js",
            "lib/distances.js",
            "lib/dom.js",
            "lib/evidence.js",
            "lib/filters.js",
            "lib/format.js",
            "lib/grid.js",
            "lib/groups.js",
            "lib/icons.js",
            "lib/keys.js",
            "lib/live.js",
            "lib/notices.js",
            "lib/parts.js",
            "lib/protect.js",
            "lib/router.js",
            "lib/theme.js",
            "lib/timeline.js",
            "lib/triage.js",
            "lib/uploads.js",
            "lib/words.js",
            "views/case.js",
            "views/coverage.js",
            "views/explain.js",
            "views/live.js",
            "views/login.js",
            "views/operations.js",
            "views/protected-model.js",
            "views/protected.js",
            "views/queue.js");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private PageRoutes() {}

    static void mount(RoutesConfig routes) {
        for (String name : FILES) {
            String path = name.equals(FILES.get(0)) ? "" : name;
            routes.get("/" + path, Content.of(name)::send, ApiRole.ANYONE);
        }
    }

    /** A record never handed out, so that its array is never compared nor changed. */
    private record Content(byte[] bytes, String type, String tag) {

        static Content of(String name) {
            try (var in = PageRoutes.class.getResourceAsStream("/web/" + name)) {
                if (in == null) {
                    throw new IllegalStateException("web/" + name + ": expected in this program, not found");
                }
                byte[] bytes = in.readAllBytes();
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
                String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
                return new Content(bytes, type, '"' + HexFormat.of().formatHex(digest, 0, 8) + '"');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Always asked for, and sent again only if it changed: a new version shows at once. */
        void send(Context context) {
            context.header("Cache-Control", "no-cache");
            context.header("ETag", tag);
            if (tag.equals(context.header("If-None-Match"))) {
                context.status(304);
                return;
            }
            context.contentType(type);
            context.result(bytes);
        }
    }
}
