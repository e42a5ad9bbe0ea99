package io.weighbridge.app.http;

import io.javalin.config.RoutesConfig;

/** A part of the API. */
public interface Routes {

    /** Where the API begins. */
    String ROOT = "/api/v1";

    /** Adds what it serves. */
    void mount(RoutesConfig routes);
}
