/** The evaluation: a library of trained networks and their copies, what each algorithm makes of it, and the report. */
package io.weighbridge.app.evaluate;
