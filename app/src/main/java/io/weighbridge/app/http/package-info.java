/**
 * HTTP: {@link io.weighbridge.app.http.WebServer} serves the page and the API, {@link io.weighbridge.app.http.ManagementServer} health and
 * metrics. Read only; what it shows comes from {@link io.weighbridge.app.feed.LiveFeed} and {@link io.weighbridge.app.index.IndexGateway}.
 */
package io.weighbridge.app.http;
