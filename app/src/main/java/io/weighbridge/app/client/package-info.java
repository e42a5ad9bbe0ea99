/** What a client does with a cluster: publish events, follow what becomes of them, create and check topics. */
package io.weighbridge.app.client;
