package io.weighbridge.app.chaos.site;

import io.weighbridge.app.embedded.Broker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;

/** The embedded broker as a program: {@code FOLDER PORT [SETTING=VALUE...]}. Says {@value #READY} once it can be used; SIGTERM closes it. */
public final class BrokerMain {

    static final String READY = "ready";

    private BrokerMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var settings = new HashMap<String, String>();
        for (int i = 2; i < arguments.length; i++) {
            String[] pair = arguments[i].split("=", 2);
            settings.put(pair[0], pair[1]);
        }
        var broker = Broker.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]), settings);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(broker), "shutdown"));
        System.out.println(READY);
        Thread.currentThread().join();
    }

    private static void close(Broker broker) {
        try {
            broker.close();
        } catch (IOException e) {
            System.err.println("broker: cannot be closed: " + e);
        }
    }
}
