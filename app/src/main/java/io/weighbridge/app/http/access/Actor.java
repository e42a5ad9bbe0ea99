package io.weighbridge.app.http.access;

/**
 * Who makes a request.
 *
 * @param name of the token; decisions and the audit log are signed with it
 */
public record Actor(String name, ApiRole role) {

    /** Who shows no token. */
    static final Actor ANONYMOUS = new Actor("anonymous", ApiRole.ANYONE);

    /** Everybody, where no one has to say who they are. */
    static final Actor DEMO = new Actor("demo", ApiRole.ADMIN);
}
