package io.weighbridge.app.http;

import io.javalin.http.Context;

/** Who makes a request. */
public final class Actor {

    /** Where no one has to say who they are. */
    private static final String DEMO = "demo";

    private Actor() {}

    /** The name that decisions are signed with. */
    public static String of(Context context) {
        return DEMO;
    }
}
