package io.weighbridge.schemas;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A setting that the code knows. Each is declared beside its reader; whatever else begins with {@value Settings#PREFIX} is refused.
 *
 * @param name a part in capitals, such as {@code HOST}, stands for any text
 * @param byDefault what holds without it, as users are told; {@value #NONE} if nothing does
 * @param isComputed whether the default depends on other settings or the machine, so that {@code byDefault} only says how
 * @param isSecret whether no message may show its value
 */
public record Setting(String name, String byDefault, boolean isComputed, boolean isSecret) {

    /** What holds by default if nothing does. */
    public static final String NONE = "none";

    private static final Pattern PLACE = Pattern.compile("\\b[A-Z]+\\b");

    /** A setting with a constant for its default. */
    public static Setting of(String name, Object byDefault) {
        return new Setting(name, shown(byDefault), false, false);
    }

    /** A setting without a default. */
    public static Setting none(String name) {
        return of(name, null);
    }

    /** A setting whose default has to be computed. */
    public static Setting computed(String name, String byDefault) {
        return new Setting(name, byDefault, true, false);
    }

    /** A setting without a default that nobody but its reader may see. */
    public static Setting secret(String name) {
        return new Setting(name, NONE, false, true);
    }

    /** A default as users are told it. */
    static String shown(Object byDefault) {
        if (byDefault instanceof Duration duration
                && duration.toDays() > 0
                && duration.equals(Duration.ofDays(duration.toDays()))) {
            return "P" + duration.toDays() + "D";
        }
        return byDefault == null || byDefault.equals("") ? NONE : byDefault.toString();
    }

    /** Whether a part of the name stands for any text. */
    public boolean hasPlace() {
        return PLACE.matcher(name).find();
    }

    /** Whether this is the setting of a name, which has some text where this one has a part in capitals. */
    public boolean isNamed(String given) {
        return name.equals(given) || hasPlace() && given.matches(pattern());
    }

    private String pattern() {
        var pattern = new StringBuilder();
        var place = PLACE.matcher(name);
        int from = 0;
        while (place.find()) {
            pattern.append(Pattern.quote(name.substring(from, place.start()))).append(".+");
            from = place.end();
        }
        return pattern.append(Pattern.quote(name.substring(from))).toString();
    }
}
