package io.weighbridge.alerting.sink.email;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server on this machine that fails when it is told to. To each command it gives the answers set for it, then the usual one. */
final class TestMailServer implements AutoCloseable {

    private static final String HANG = "hang";

    private final ServerSocket listener;
    private final SSLContext tls;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Queue<String>> answers = new ConcurrentHashMap<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<String> mails = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** @param tls for STARTTLS; null if the server does not offer it */
    TestMailServer(SSLContext tls) {
        this.tls = tls;
        try {
            listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.submit(this::listen);
    }

    TestMailServer answers(String verb, String... lines) {
        answers.computeIfAbsent(verb, any -> new ArrayDeque<>()).addAll(List.of(lines));
        return this;
    }

    /** Does not answer the next such command. */
    TestMailServer hangsAt(String verb) {
        return answers(verb, HANG);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** What clients said, the text of mails aside. */
    List<String> commands() {
        return commands;
    }

    /** The mails that were taken, as they came. */
    List<String> mails() {
        return mails;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }

    private Void listen() throws IOException {
        while (true) {
            Socket socket = listener.accept();
            sockets.add(socket);
            threads.submit(() -> {
                try (socket) {
                    say(socket, answer("GREETING", "220 test"));
                    talk(socket);
                }
                return null;
            });
        }
    }

    private void talk(Socket socket) throws IOException {
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            commands.add(line);
            String verb = line.split("[ :]")[0].toUpperCase(Locale.ROOT);
            String answer = answer(verb, usual(verb, socket));
            if (answer.equals(HANG)) {
                in.read();
                return;
            }
            say(socket, answer);
            if (verb.equals("QUIT")) {
                return;
            }
            if (verb.equals("STARTTLS") && answer.startsWith("220")) {
                talk(encrypted(socket));
                return;
            }
            if (verb.equals("DATA") && answer.startsWith("354")) {
                take(in, socket);
            }
        }
    }

    private void take(BufferedReader in, Socket socket) throws IOException {
        var mail = new StringBuilder();
        for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
            mail.append(line.startsWith("..") ? line.substring(1) : line).append("\r\n");
        }
        String answer = answer("MESSAGE", "250 taken");
        if (answer.startsWith("250")) {
            mails.add(mail.toString());
        }
        say(socket, answer);
    }

    private SSLSocket encrypted(Socket socket) throws IOException {
        var secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        secured.setUseClientMode(false);
        return secured;
    }

    private String usual(String verb, Socket socket) {
        boolean offersTls = tls != null && !(socket instanceof SSLSocket);
        return switch (verb) {
            case "EHLO" -> offersTls ? "250-test\r\n250 STARTTLS" : "250-test\r\n250 AUTH PLAIN";
            case "STARTTLS" -> "220 go on";
            case "AUTH" -> "235 welcome";
            case "DATA" -> "354 go on";
            case "QUIT" -> "221 bye";
            default -> "250 fine";
        };
    }

    private String answer(String verb, String usual) {
        Queue<String> set = answers.get(verb);
        String next = set == null ? null : set.poll();
        return next == null ? usual : next;
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }
}
