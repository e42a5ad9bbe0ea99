/** What is uploaded while faults strike, what it has to come to by an oracle that knows no Kafka, and what it came to. */
package io.weighbridge.app.chaos.load;
