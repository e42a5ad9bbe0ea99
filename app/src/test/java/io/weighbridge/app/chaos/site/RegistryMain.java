package io.weighbridge.app.chaos.site;

import io.weighbridge.app.embedded.SchemaRegistry;
import java.io.IOException;

/** The embedded schema registry as a program: {@code BOOTSTRAP_SERVERS PORT}. Says {@link BrokerMain#READY} once it can be used. */
public final class RegistryMain {

    private RegistryMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var registry = SchemaRegistry.start(arguments[0], Integer.parseInt(arguments[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(registry::close, "shutdown"));
        System.out.println(BrokerMain.READY);
        Thread.currentThread().join();
    }
}
