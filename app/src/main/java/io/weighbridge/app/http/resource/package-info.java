/** The resources of the API, a class for each: what a client can list, look at and change. */
package io.weighbridge.app.http.resource;
