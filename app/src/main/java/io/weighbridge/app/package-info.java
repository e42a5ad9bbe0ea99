/** Where every process starts: the command line, HTTP, life cycle and the embedded all-in-one stack. */
package io.weighbridge.app;
