package io.weighbridge.app.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A reader of server-sent events. */
final class Events implements AutoCloseable {

    record Event(String id, String type, JsonNode data) {}

    private static final Event END = new Event(null, "end", null);

    private final InputStream body;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    Events(InputStream body) {
        this.body = body;
        var thread = new Thread(this::read, "events");
        thread.setDaemon(true);
        thread.start();
    }

    /** The next event that is not a summary; {@code end} when the stream has ended. */
    Event next() throws Exception {
        for (; ; ) {
            var event = any();
            if (!event.type().equals("summary")) {
                return event;
            }
        }
    }

    /** The next event of the type. */
    Event next(String type) throws Exception {
        for (; ; ) {
            var event = any();
            if (event.type().equals(type)) {
                return event;
            }
        }
    }

    private Event any() throws Exception {
        var event = events.poll(15, TimeUnit.SECONDS);
        if (event == null) {
            throw new TimeoutException("no event");
        }
        return event;
    }

    private void read() {
        var json = new ObjectMapper();
        try (var reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            String id = null;
            String type = null;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    events.add(new Event(id, type, json.readTree(line.substring(6))));
                    id = null;
                }
            }
        } catch (IOException e) {
            // the end, as below
        }
        events.add(END);
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
