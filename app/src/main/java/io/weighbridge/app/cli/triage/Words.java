package io.weighbridge.app.cli.triage;

/** Numbers of things in words. */
final class Words {

    private Words() {}

    /** Such as {@code 1 match} or {@code 2 matches}. */
    static String count(long number, String one) {
        String many = one.endsWith("ch") ? one + "es" : one + "s";
        return number + " " + (number == 1 ? one : many);
    }
}
