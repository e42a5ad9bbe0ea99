package io.weighbridge.app.text;

/** Numbers of things in words. */
public final class Words {

    private Words() {}

    /** Such as {@code 1 match} or {@code 2 matches}. */
    public static String count(long number, String one) {
        String many = one.endsWith("ch") ? one + "es" : one + "s";
        return number + " " + (number == 1 ? one : many);
    }
}
