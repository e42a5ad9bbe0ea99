package io.weighbridge.app.life;

import com.sun.net.httpserver.HttpServer;
import io.weighbridge.app.cli.settings.SettingsCatalogue;
import io.weighbridge.app.embedded.TestCluster;
import io.weighbridge.app.http.access.ApiRole;
import io.weighbridge.app.http.access.TokenFile;
import io.weighbridge.schemas.Setting;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** An installation in which every secret is another text, and a host that refuses all. */
final class SecretScene implements AutoCloseable {

    /** Part of every secret here, and of nothing else. */
    static final String MARK = "S3cr3t";

    private static final String NOBODY = "http://127.0.0.1:1/";

    /** Kafka's own and the registry's; the connection here is in clear, so that they are carried, but not used. */
    private static final List<String> KAFKAS =
            List.of("sasl.jaas.config", "ssl.key.password", "ssl.keystore.password", "basic.auth.user.info");

    private final HttpServer host;
    private final Settings settings;

    private SecretScene(HttpServer host, Settings settings) {
        this.host = host;
        this.settings = settings;
    }

    /** @param folder for the files that settings name */
    static SecretScene open(Path folder) throws IOException {
        var host = refusingHost();
        return new SecretScene(host, settings(folder, host.getAddress().getPort()));
    }

    /** Those of all roles and of the page. */
    Settings settings() {
        return settings;
    }

    /** The text of the secret of that name. */
    static String secret(String name) {
        return MARK + "-" + name.replace('.', '-');
    }

    /** Addresses with secrets in them, none of which can be fetched. */
    List<String> addresses() {
        String host = "127.0.0.1:" + port();
        String query = "?X-Amz-Signature=" + secret("signature") + "&sig=" + secret("sas");
        return List.of(
                "http://" + host + "/denied" + query,
                "http://" + host + "/away" + query,
                "http://ada:" + secret("user-info") + "@" + host + "/f",
                "http://" + host + "/not an address" + query,
                NOBODY + "f" + query,
                "hf://owner/name/file" + query,
                "s3://models/key",
                "s3://models/key" + query,
                "file:///no/such" + query,
                "file://ada:" + secret("user-info") + "@host/no/such" + query,
                "ftp://ada:" + secret("user-info") + "@host/f" + query);
    }

    /** A configuration file that can be used. */
    Properties goodFile() {
        var good = new Properties();
        settings.names("").forEach(name -> good.setProperty(name, settings.text(name, "")));
        good.setProperty("weighbridge.api.url", "http://ada:" + secret("api.url") + "@127.0.0.1:1");
        return good;
    }

    /** A configuration file of secrets that are wrong, or stand where none belongs. */
    Properties badFile() {
        var bad = new Properties();
        bad.putAll(goodFile());
        for (String name : List.of("weighbridge.sink.webhook.url", "weighbridge.sink.slack.url")) {
            bad.setProperty(name, "no address " + secret(name));
        }
        bad.setProperty("weighbridge.sink.alertmanager.token", "in two words " + secret("alertmanager.token"));
        bad.setProperty("weighbridge.webhooks.huggingface.secret", MARK);
        bad.setProperty("weighbridge.fetch.token.example.org", "in two words " + secret("fetch.token"));
        bad.setProperty("weighbridge.fetch.hf.endpoint", "http://ada:" + secret("hf.endpoint") + "@host");
        bad.setProperty("weighbridge.sink.link.base", "http://ada:" + secret("link.base") + "@host");
        bad.setProperty("weighbridge.tokn", secret("unknown"));
        bad.setProperty("sasl.jass.config", secret("unknown"));
        return bad;
    }

    @Override
    public void close() {
        host.stop(0);
    }

    private int port() {
        return host.getAddress().getPort();
    }

    /** Every setting that is a secret has one of its own, told by its name. */
    private static Settings settings(Path folder, int port) throws IOException {
        var values = new TreeMap<String, String>();
        SettingsCatalogue.all().stream()
                .filter(Setting::isSecret)
                .map(Setting::name)
                .forEach(name -> values.put(name.replace("HOST", "127.0.0.1:" + port), secret(name)));
        KAFKAS.forEach(name -> values.put(name, secret(name)));
        values.put("sasl.jaas.config", "a.Login required password=\"" + secret("sasl.jaas.config") + "\";");
        values.put("basic.auth.user.info", "ada:" + secret("basic.auth.user.info"));
        values.put(
                "weighbridge.sink.webhook.url", NOBODY + secret("webhook.path") + "?token=" + secret("webhook.query"));
        values.put("weighbridge.sink.slack.url", NOBODY + "services/" + secret("slack.url"));
        values.put("weighbridge.sink.alertmanager.url", NOBODY);
        // A token and a password exclude one another.
        values.remove("weighbridge.sink.alertmanager.token");
        values.put("weighbridge.sink.alertmanager.user", "ada");
        values.put("weighbridge.sink.email.host", "127.0.0.1");
        values.put("weighbridge.sink.email.port", "1");
        values.put("weighbridge.sink.email.user", "ada");
        values.put("weighbridge.sink.email.from", "a@example.org");
        values.put("weighbridge.sink.email.to", "b@example.org");
        for (String kind : List.of("webhook", "slack", "alertmanager", "email")) {
            values.put("weighbridge.sink." + kind + ".attempts", "2");
            values.put("weighbridge.sink." + kind + ".first.pause", "PT0.01S");
        }
        values.put("weighbridge.fetch.allow.private.addresses", "true");
        values.put("weighbridge.fetch.attempts", "2");
        values.put("weighbridge.fetch.backoff", "PT0.01S");
        values.put("weighbridge.fetch.file.roots", folder.toString());
        values.put("weighbridge.fetch.s3.endpoint", "http://127.0.0.1:" + port);
        values.put("weighbridge.fetch.s3.signed.buckets", "models");
        values.put(
                "weighbridge.hash.site.key.file",
                Files.writeString(folder.resolve("site.key"), secret("site.key.of.all"))
                        .toString());
        values.put("weighbridge.api.files.dir", folder.resolve("files").toString());
        values.put("weighbridge.api.tokens.file", folder.resolve("tokens.json").toString());
        new TokenFile(folder.resolve("tokens.json")).create("ada", ApiRole.ADMIN, Instant.EPOCH, Optional.empty());
        return TestCluster.shared().settings().with(values);
    }

    /** Refuses all, and leads elsewhere with a secret in the address. */
    private static HttpServer refusingHost() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean leads = exchange.getRequestURI().getPath().startsWith("/away");
            if (leads) {
                exchange.getResponseHeaders()
                        .set("Location", "http://ada:" + secret("redirect") + "@127.0.0.1/x?sig=" + secret("redirect"));
            }
            exchange.sendResponseHeaders(leads ? 302 : 403, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}
