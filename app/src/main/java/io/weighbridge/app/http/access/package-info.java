/**
 * Who may do what by HTTP: {@link io.weighbridge.app.http.access.Access} stands before every route of the page's server. Tokens and their
 * file, browser sessions, limits of rate and size, repeated requests, and the audit log. Decisions: docs/adr/0016.
 */
package io.weighbridge.app.http.access;
