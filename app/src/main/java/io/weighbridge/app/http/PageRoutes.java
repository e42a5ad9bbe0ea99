package io.weighbridge.app.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.weighbridge.app.http.access.ApiRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The page and what belongs to it: a few fixed files, read once. */
final class PageRoutes {

    private PageRoutes() {}

    static void mount(RoutesConfig routes) {
        routes.get("/", Content.of("index.html", "text/html; charset=utf-8")::send, ApiRole.ANYONE);
        routes.get("/app.css", Content.of("app.css", "text/css; charset=utf-8")::send, ApiRole.ANYONE);
        routes.get("/app.js", Content.of("app.js", "text/javascript; charset=utf-8")::send, ApiRole.ANYONE);
        routes.get("/icon.svg", Content.of("icon.svg", "image/svg+xml")::send, ApiRole.ANYONE);
    }

    /** A record never handed out, so that its array is never compared nor changed. */
    private record Content(byte[] bytes, String type, String tag) {

        static Content of(String name, String type) {
            try (var in = PageRoutes.class.getResourceAsStream("/web/" + name)) {
                if (in == null) {
                    throw new IllegalStateException("web/" + name + ": expected in this program, not found");
                }
                byte[] bytes = in.readAllBytes();
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
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
