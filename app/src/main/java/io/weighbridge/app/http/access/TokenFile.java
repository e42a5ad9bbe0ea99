package io.weighbridge.app.http.access;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The file that keeps tokens: {@code {"tokens": [{"name", "sha256", "role", "createdAt", "expiresAt"}]}}, its owner's alone. */
public final class TokenFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    public TokenFile(Path file) {
        this.file = file;
    }

    public Path path() {
        return file;
    }

    /**
     * The tokens; none if there is no file.
     *
     * @throws IOException if the file cannot be read, is no such file, or is not its owner's alone; the message names it
     */
    public List<Token> read() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        PrivateFile.requirePrivate(file);
        try {
            var tokens = new ArrayList<Token>();
            for (JsonNode token : JSON.readTree(Files.readAllBytes(file)).path("tokens")) {
                tokens.add(token(token));
            }
            return List.copyOf(tokens);
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            throw new IOException(file + ": expected tokens, got something else: " + e.getMessage(), e);
        }
    }

    /**
     * Adds a new token and returns its text, which is kept nowhere.
     *
     * @throws IllegalArgumentException if the name is taken or can be none
     */
    public String create(String name, ApiRole role, Instant now, Optional<Instant> expiresAt) throws IOException {
        String text = TokenText.random(new SecureRandom());
        var token = new Token(name, TokenText.hash(text), role, now, expiresAt);
        change(tokens -> {
            if (tokens.stream().anyMatch(known -> known.name().equals(name))) {
                throw new IllegalArgumentException("name: " + name + " is taken; revoke it first, or choose another");
            }
            var all = new ArrayList<>(tokens);
            all.add(token);
            return all;
        });
        return text;
    }

    /** Removes a token; returns whether it was there. */
    public boolean revoke(String name) throws IOException {
        var before = new ArrayList<Token>();
        change(tokens -> {
            before.addAll(tokens);
            return tokens.stream().filter(token -> !token.name().equals(name)).toList();
        });
        return before.stream().anyMatch(token -> token.name().equals(name));
    }

    /** Reads and writes under a lock, so that of two changes at once none is lost. */
    private synchronized void change(UnaryOperator<List<Token>> change) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path lockFile = folder.resolve(file.getFileName() + ".lock");
        try (var channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            var changed = change.apply(read());
            PrivateFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json(changed)));
        }
    }

    private static ObjectNode json(List<Token> tokens) {
        ObjectNode json = JSON.createObjectNode();
        var list = json.putArray("tokens");
        for (Token token : tokens) {
            list.addObject()
                    .put("name", token.name())
                    .put("sha256", token.hash())
                    .put("role", token.role().id())
                    .put("createdAt", token.createdAt().toString())
                    .put("expiresAt", token.expiresAt().map(Instant::toString).orElse(null));
        }
        return json;
    }

    private static Token token(JsonNode json) {
        String role = json.path("role").asText();
        return new Token(
                json.path("name").asText(),
                json.path("sha256").asText(),
                ApiRole.ofToken(role)
                        .orElseThrow(() -> new IllegalArgumentException("role: expected one of a token, got " + role)),
                Instant.parse(json.path("createdAt").asText()),
                Optional.ofNullable(json.path("expiresAt").textValue()).map(Instant::parse));
    }
}
