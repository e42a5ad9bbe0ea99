/** Hours of mixed traffic with faults at random, and what memory, file handles, threads and disk do meanwhile. */
package io.weighbridge.app.chaos.soak;
