/** Measures the whole stream on an embedded broker: processes of the matcher fed with made-up codes, and models through the hasher. */
package io.weighbridge.app.bench.pipeline;
