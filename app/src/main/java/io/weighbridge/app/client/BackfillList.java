package io.weighbridge.app.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A list of what was uploaded long ago: a line each, {@code ADDRESS [OWNER/NAME [REVISION]]}; empty lines and those that begin with {@code #} are
 * passed over.
 */
public final class BackfillList {

    /**
     * One line of it.
     *
     * @param address a path or URL
     * @param repo null if the line names none
     * @param revision null if the line names none
     */
    public record Item(String address, String repo, String revision) {}

    private BackfillList() {}

    /**
     * Reads a list to its end.
     *
     * @param name of the list, for messages
     * @throws IOException if it cannot be read, or holds lines of another form: all of them are named
     */
    public static List<Item> read(String name, BufferedReader reader) throws IOException {
        var items = new ArrayList<Item>();
        var problems = new ArrayList<String>();
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            String[] words = text.split("\\s+");
            if (words.length > 3 || words.length > 1 && !RepositoryName.isOne(words[1])) {
                problems.add(name + ", line " + number + ": expected ADDRESS [OWNER/NAME [REVISION]], got " + text);
            } else {
                items.add(new Item(words[0], words.length > 1 ? words[1] : null, words.length > 2 ? words[2] : null));
            }
        }
        if (!problems.isEmpty()) {
            throw new IOException(String.join("\n", problems));
        }
        return items;
    }
}
